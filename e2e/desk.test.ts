import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dismissFirstDay, getFirstDay } from '../contract/people-and-rights/first-day.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import { listDrafts } from '../contract/work-with-employers/drafts.ts'
import { listPortfolio } from '../contract/work-with-employers/portfolio.ts'
import { listPiloted } from '../contract/work-with-employers/progress.ts'
import { day, dayLine } from './day-stub.ts'
import { dayFromNow, nextAction } from './employer-stub.ts'
import { pagesUnderTest } from './pages.ts'
import { campaign, draft, me } from './stub-campaigns.ts'

/* The home page of each role: what waits for them. The roles that decide are in duties.test.ts. */

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
  pages.service.reply(listDrafts, {}, { items: [] })
  pages.service.reply(listCampaigns, {}, { items: [campaign()], next: null, allowed: [] })
})
after(() => pages?.stop())
const text = async () => (await pages.page().locator('main').innerText()).replaceAll(/[\u00A0\u202F]/g, ' ')
const ended = campaign({
  id: '0193a000-0000-7000-80e0-000000000002',
  name: 'Printemps',
  endsOn: dayFromNow(-2),
  closesOn: dayFromNow(13),
})
const ending = campaign({ id: '0193a000-0000-7000-80e0-000000000003', name: 'Aide à domicile', endsOn: dayFromNow(5) })

test('POR-5: a pilot reads what is blocked, campaign by campaign, with the place of the act; what has ended comes first', async () => {
  pages.service.reply(getMe, {}, me('pilote'))
  pages.service.reply(listPortfolio, {}, day([]))
  pages.service.reply(
    listPiloted,
    {},
    {
      days: 14,
      items: [
        { campaign: ended, stuck: [{ kind: 'late', count: 3 }] },
        { campaign: ending, stuck: [] },
        {
          campaign: campaign(),
          stuck: [
            { kind: 'untouched', count: 12 },
            { kind: 'waiting', count: 1 },
          ],
        },
        { campaign: draft({ id: '0193a000-0000-7000-80e0-000000000004', name: 'Rentrée' }), stuck: [] },
      ],
    },
  )
  await pages.open('/')
  const section = pages
    .page()
    .getByRole('heading', { name: 'Campagnes que vous pilotez' })
    .locator('xpath=ancestor::section')
  await section.getByRole('link', { name: 'Printemps', exact: true }).waitFor()
  assert.deepEqual(
    await section
      .getByRole('link')
      .evaluateAll(links =>
        links.map(link => [link.textContent?.replaceAll('\u00A0', ' '), link.getAttribute('href')]),
      ),
    [
      ['Printemps', `/campagnes/${ended.id}`],
      ['Prolonger ou clore Printemps', `/campagnes/${ended.id}?onglet=reglages`],
      ['3 actions en retard', `/campagnes/${ended.id}?onglet=avancement&bloque=late#bloque`],
      ['Aide à domicile', `/campagnes/${ending.id}`],
      ['Prolonger Aide à domicile', `/campagnes/${ending.id}?onglet=reglages`],
      ['Apprentissage dans le bâtiment', `/campagnes/${campaign().id}`],
      ['12 cibles prises et sans suite', `/campagnes/${campaign().id}?onglet=avancement&bloque=untouched#bloque`],
      ['1 cible que personne n’a prise', `/campagnes/${campaign().id}?statut=a-contacter`],
      ['Rentrée', '/campagnes/0193a000-0000-7000-80e0-000000000004'],
      ['Reprendre la préparation de Rentrée', '/campagnes/0193a000-0000-7000-80e0-000000000004/preparer'],
    ],
  )
  assert.match(await text(), /TERMINÉE DEPUIS 2 JOURS[\s\S]*elle se clora d’elle-même le/)
  assert.doesNotMatch(
    await text(),
    /Rien n’est prévu|Aucune action prévue|Mes prochaines actions/,
    'no empty list of their own',
  )
  await pages.soundAtEveryWidth('bureau-pilote')
})

test('POR-5: a pilot who also calls has both, their own late action first', async () => {
  pages.service.reply(listPortfolio, {}, day([dayLine(nextAction())], { late: 1 }))
  await pages.open('/')
  await pages.page().getByRole('link', { name: 'Printemps', exact: true }).waitFor()
  assert.match(
    await text(),
    /1 action en retard[\s\S]*Mes prochaines actions[\s\S]*GARONNE BOIS[\s\S]*Campagnes que vous pilotez/,
  )
  pages.service.reply(listPortfolio, {}, day([]))
  pages.service.reply(listPiloted, {}, { days: 14, items: [{ campaign: campaign(), stuck: [] }] })
  await pages.open('/', 320)
  await pages.page().getByText('Rien n’est bloqué').waitFor()
  await pages.sound('bureau-pilote-rien-320')
})

test('POR-5: a newcomer has three first steps, and nothing that is not theirs', async () => {
  pages.service.reply(getMe, {}, me('conseiller'))
  pages.service.reply(listPortfolio, {}, day([]))
  await pages.open('/')
  const steps = pages.page().locator('.cc-steps li')
  await steps.first().waitFor()
  assert.equal(await steps.count(), 3)
  assert.equal(await pages.page().getByRole('heading', { name: 'Campagnes que vous pilotez' }).count(), 0)
  await pages.soundAtEveryWidth('bureau-arrivant')
  await steps.first().getByRole('link').press('Enter')
  await pages.page().waitForURL('**/campagnes')
})

test('UX-6: the first day is offered on the home page, and dismissed for good in one press', async () => {
  let offered = true
  pages.service.reply(getFirstDay, {}, () => ({ offered }))
  pages.service.reply(dismissFirstDay, {}, () => {
    offered = false
    return { offered }
  })
  await pages.open('/')
  const offer = pages.page().getByRole('region', { name: 'Votre première journée, en cinq étapes' })
  await offer.getByRole('link', { name: 'Voir les étapes' }).waitFor()
  await pages.soundAtEveryWidth('bureau-premiere-journee')
  await offer.getByRole('button', { name: 'Ne plus proposer' }).press('Enter')
  await offer.waitFor({ state: 'detached' })
  await pages.page().waitForFunction(() => document.activeElement?.tagName === 'H1')
  await pages.open('/')
  await pages.page().locator('.cc-steps').waitFor()
  assert.equal(await pages.page().getByText('Votre première journée, en cinq étapes').count(), 0)
})
