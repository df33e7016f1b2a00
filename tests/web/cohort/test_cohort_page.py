from datetime import UTC, datetime

from mentorship.services import safety

WARNING = "Your number cannot be taken back; a block here does not work there."


def test_members_see_each_other_only_where_both_chose_it(site, ada, bea):
    assert "Bea" not in ada.get(site.path).text
    ada.submit(button="Let these members see me")
    assert "Bea" not in ada.page.text
    assert "Ada" not in bea.get(site.path).text

    bea.submit(button="Let these members see me")

    assert "Ada" in bea.page.text
    assert "Bea" in ada.get(site.path).text
    assert "Ada" not in site.browser("Lin").get(site.path).text


def test_one_click_takes_her_out_again(site, ada, bea):
    for browser in (ada, bea):
        browser.get(site.path)
        browser.submit(button="Let these members see me")

    page = bea.submit(button="Do not show me any more")

    assert "Nobody sees you here any more." in page.text
    assert "Bea" not in ada.get(site.path).text


def test_whoever_she_sees_she_can_block_from_here_and_neither_sees_the_other_again(site, ada, bea):
    for browser in (ada, bea):
        browser.get(site.path)
        browser.submit(button="Let these members see me")

    ada.get(site.path)
    page = ada.submit(button="Block Bea")

    assert "You will not meet here again." in page.text
    assert "Bea" not in ada.get(site.path).text
    assert "Ada" not in bea.get(site.path).text


def test_no_count_of_members_gives_a_block_away(site, ada, bea):
    lin = site.browser("Lin")
    for browser in (ada, bea, lin):
        browser.get(site.path)
        browser.submit(button="Let these members see me")
    with site.filling() as session:
        cea = site.add(session, "Cea")
        safety.block(session, cea, site.person(session, "Bea"), at=datetime.now(UTC))
    cea = site.browser("Cea")
    cea.get(site.path)
    cea.submit(button="Let these members see me")

    shown = bea.get(site.path).text

    assert "Cea" not in shown
    assert not any(str(number) in shown for number in (3, 4, 5))


def test_a_stranger_finds_nothing_and_a_coordinator_has_nothing_to_choose(site, ada):
    assert site.browser("A stranger").get(site.path).status == 404

    page = site.browser("Noor").get(site.path)

    assert page.status == 200
    assert "Let these members see me" not in page.buttons


def test_the_chat_stands_beside_what_it_costs(site, ada):
    assert WARNING not in ada.get(site.path).text
    with site.filling() as session:
        site.cohort(session).chat_link = "https://chat.example/group"

    page = ada.get(site.path)

    assert page.link("https://chat.example/group") == "https://chat.example/group"
    assert WARNING in page.text


def test_home_leads_to_the_cohort(site, ada):
    ada.get("/home")

    page = ada.click("Spring: members and conversations")

    assert page.path == site.path
    assert page.heading == "Spring"
