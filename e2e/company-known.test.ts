import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listDirectory } from '../contract/people-and-rights/directory.ts'
import type { Reply } from '../contract/route.ts'
import { getCompanyRelations, listCompanyRelations } from '../contract/work-with-employers/company.ts'
import { listColleagues } from '../contract/work-with-employers/exchanges.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  id,
  leavePage,
  line,
  mine,
  mission,
  open,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'

type Relations = Reply<typeof getCompanyRelations>
const { siret } = line()
const shop = (n: number) => line({ siret: `8000000000${String(n).padStart(4, '0')}`, name: `Garonne Bois ${n}` })
const contact = (n: number): Relations['contacts'][number] => ({
  establishment: shop(n),
  organisation: mission,
  occurredOn: `2026-11-${String(20 - n).padStart(2, '0')}`,
  exchangeId: null,
  channel: null,
  result: null,
  resultLabel: null,
  personMet: null,
  correspondentId: null,
  notes: null,
  author: null,
})
const none = { held: [], heldElsewhere: [], contacts: [], planned: [], commitments: [], correspondents: [] }
const relations: Relations = {
  ...none,
  held: [
    {
      establishment: line(),
      campaign: { id: id('c7'), name: 'Bâtiment' },
      status: 'en-cours',
      organisation: mission,
      person: null,
      entrusted: true,
      contactCount: 1,
      lastContactOn: '2026-11-10',
    },
    {
      establishment: line(),
      campaign: { id: id('c8'), name: 'Jeunes' },
      status: 'a-contacter',
      organisation: mission,
      person: null,
      entrusted: false,
      contactCount: 0,
      lastContactOn: null,
    },
  ],
  heldElsewhere: [
    {
      establishment: line(),
      organisation: mission,
      held: true,
      until: '2026-12-15',
      status: 'a-contacter',
      contactCount: 0,
      lastContactOn: null,
    },
    {
      establishment: line(),
      organisation: mission,
      held: false,
      until: '2027-01-31',
      status: 'rendez-vous',
      contactCount: 2,
      lastContactOn: '2026-11-12',
    },
  ],
  contacts: [1, 2, 3, 4, 5].map(contact),
  headOffice: { ...shop(9), headOffice: true },
  contactsThisMonth: 5,
}

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})

test('EST-7, EST-12, CAM-15: the card says who holds or shares the employer, in campaigns one reads or not, its state and contacts, the head office, and each list to its end', async () => {
  answerCard(service)
  service.reply(getCompanyRelations, { siret }, relations)
  service.reply(listCompanyRelations, { siret, list: 'contacts' }, ({ search }) => {
    const from = Number(search.get('after') ?? 0)
    return { ...none, contacts: [1, 2, 3, 4, 5, 6, 7].map(contact).slice(from, from + 4), next: from ? null : '4' }
  })
  const page = await open(service, `/etablissements/${siret}`)
  const before = page.locator('section', { has: page.getByRole('heading', { name: 'Avant de contacter' }) })
  await before
    .getByText(
      'Retenu par la mission locale des Graves jusqu’au 15 décembre 2026, dans une campagne que vous ne lisez pas : à contacter, pas encore de contact',
    )
    .waitFor()
  await before
    .getByText(
      'Ciblé aussi par la mission locale des Graves jusqu’au 31 janvier 2027, dans une campagne que vous ne lisez pas : rendez-vous, 2 contacts, le dernier le 12 novembre 2026',
    )
    .waitFor()
  for (const said of [
    'Confié à la mission locale des Graves, campagne Bâtiment : en cours, 1 contact, le dernier le 10 novembre 2026',
    'Ciblé par la mission locale des Graves, sans personne qui s’en occupe encore, campagne Jeunes : à contacter, pas encore de contact',
  ])
    await before.getByText(said).waitFor()
  await before.getByText(/: siège, qui décide pour l’entreprise\.$/).waitFor()
  const contacts = before.locator('li', { hasText: 'Garonne Bois' })
  assert.equal(await contacts.count(), 3)
  await before.getByRole('button', { name: 'Tous les contacts de l’entreprise' }).press('Enter')
  await contacts.nth(3).waitFor()
  await soundAtEveryWidth(page, 'meme-entreprise', { full: false })
  await before.getByRole('button', { name: 'Afficher la suite' }).press('Enter')
  await contacts.nth(6).waitFor()
  assert.equal(await before.getByRole('button', { name: 'Afficher la suite' }).count(), 0)
  await leavePage(service)
})

test('ACC-16: two colleagues of one name are told apart where one hands over an action', async () => {
  answerCard(service)
  const [first, second] = [
    { id: id('a7'), name: 'Jean Petit', organisationId: mine.id },
    { id: id('a8'), name: 'Jean Petit', organisationId: mine.id },
  ]
  service.reply(listColleagues, { siret }, { items: [first, second] })
  service.reply(listDirectory, {}, ({ search }) => {
    assert.equal(search.get('q'), 'Jean Petit')
    const person = { civility: null, givenName: 'Jean', familyName: 'Petit', organisation: mine, awayUntil: null }
    const held = { agency: null, holds: [] }
    return {
      items: [
        { ...person, ...held, id: first.id, function: 'Conseiller' },
        { ...person, ...held, id: second.id, function: 'Directeur' },
      ],
      next: null,
    }
  })
  const page = await open(service, `/etablissements/${siret}`)
  await page.keyboard.press('n')
  const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
  await panel.getByRole('button', { name: /^Comme la dernière fois/ }).press('Enter')
  await page.keyboard.press('3')
  const owner = panel.getByLabel('Qui s’en charge')
  await owner.locator('option', { hasText: 'Jean Petit, Directeur' }).waitFor({ state: 'attached' })
  assert.deepEqual(await owner.locator('option').allTextContents(), [
    'Sélectionner une option',
    'Vous',
    'Jean Petit, Conseiller',
    'Jean Petit, Directeur',
  ])
  await page.keyboard.press('Escape')
  await leavePage(service)
})
