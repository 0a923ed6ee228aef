/** AGR-16 on written answers: the pages of roles when they are refused, in error, empty, and beside annex 2. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nameContact } from '../contract/agreement/conventions.ts'
import { listPartnerRoles, listPartnerSeats, partnerRoles } from '../contract/agreement/partner-roles.ts'
import { liftOfficerBlock, listOfficerBlocks } from '../contract/oversight/security.ts'
import { listOperatorRoles } from '../contract/people-and-rights/roles.ts'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

type Seat = Reply<typeof listPartnerSeats>['items'][number]
const id = (n: number) => `0193a000-0000-7000-80a0-00000000000${n}`
const organisationId = organisations.jalle.id
const claire = {
  id: id(1),
  name: 'Claire Dufau',
  organisationId,
  function: 'Conseillère entreprises',
  email: 'claire.dufau@jalle-eau-bourde.example',
}
const seat = (role: Seat['role'], over: Partial<Seat> = {}): Seat => ({
  role,
  contact: null,
  holders: [],
  allowed: [],
  ...over,
})
const failing = refusal(
  500,
  'service/bug',
  'Erreur du service',
  'Le service n’a pas pu répondre. Réessayez dans un instant.',
)
const emptyLists = () => {
  pages.service.reply(listPartnerRoles, {}, { items: [], next: null, total: 0 })
  pages.service.reply(listOperatorRoles, {}, { items: [], next: null, total: 0, allowed: [] })
}

for (const [path, title, lists] of [
  ['/roles-de-la-structure', 'Rôles de la structure', ['/partner-roles/seats', '/partner-roles']],
  ['/administration/roles', 'Rôles de l’opérateur', ['/operator-roles']],
] as const)
  test(`AGR-16, UX-1: ${title}: refused, the page says so once and nothing else; in error, it is asked again`, async () => {
    pages.service.reply(getMe, {}, me())
    const refused = refusal(403, 'access/role-required', 'Réservé', 'Ces rôles se lisent par qui en répond.')
    for (const list of lists) pages.service.on(`GET ${list}`, refused)
    const page = await pages.open(path)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await page.getByText('Ces rôles se lisent par qui en répond.').waitFor()
    assert.deepEqual(
      [
        await page.getByText('Ces rôles se lisent par qui en répond.').count(),
        await page.getByRole('heading', { name: 'Terminés' }).count(),
      ],
      [1, 0],
    )
    await pages.soundAtEveryWidth(`${lists[0].slice(1).replace('/', '-')}-refused`)

    for (const list of lists) pages.service.on(`GET ${list}`, failing)
    await pages.open(path)
    const again = page.getByRole('button', { name: 'Réessayer' })
    await again.waitFor({ timeout: 150_000 })
    await pages.sound(`${lists[0].slice(1).replace('/', '-')}-error`)
    emptyLists()
    pages.service.reply(listPartnerSeats, {}, { items: partnerRoles.map(role => seat(role)) })
    await again.press('Enter')
    await page.getByRole('heading', { name: 'Terminés' }).waitFor()
    await pages.soundAtEveryWidth(`${lists[0].slice(1).replace('/', '-')}-empty`)
  })

test('AGR-16, AGR-9, UX-1: annex 2 beside who holds each role; what changes annex 2 may be refused, and says so', async () => {
  pages.service.reply(getMe, {}, { ...me(), roles: ['signataire'] })
  emptyLists()
  const named = { name: claire.name, email: claire.email, startsAt: '2026-03-01T09:00:00Z' }
  pages.service.reply(
    listPartnerSeats,
    {},
    {
      items: [
        seat('responsable-operationnel', {
          contact: { ...named, account: claire, holds: false },
          allowed: ['give', 'give-to-contact', 'name'],
        }),
        seat('correspondant-si', {
          contact: { ...named, account: claire, holds: true },
          holders: [claire],
          allowed: ['give', 'name'],
        }),
        seat('dpd', {
          contact: {
            ...named,
            name: 'Service mutualisé de protection des données du Centre de gestion de la Gironde',
            email: 'delegue-protection-des-donnees.mutualise@centre-de-gestion-gironde.example',
            account: null,
            holds: false,
          },
          allowed: ['give', 'name'],
        }),
        seat('rssi', { holders: [claire], allowed: ['give', 'name'] }),
        seat('responsable-formation', { allowed: ['give', 'name'] }),
      ],
    },
  )
  pages.service.on(
    `PUT ${nameContact.path.replace(':role', 'rssi')}`,
    refusal(409, 'contact/changed-meanwhile', 'Changé entre-temps', 'Cet interlocuteur vient d’être changé.'),
  )
  const page = await pages.open('/roles-de-la-structure')
  await page.getByText('Cette adresse n’est celle d’aucun compte de la structure.').waitFor()
  await page.getByText('comme à l’annexe 2').waitFor()
  await pages.soundAtEveryWidth('partner-roles-seats')
  await page.getByRole('button', { name: /^Inscrire Claire Dufau à l’annexe 2/ }).press('Enter')
  await page.getByText('Cet interlocuteur vient d’être changé.').waitFor()
  await pages.sound('partner-roles-name-refused')
})

test('SEC-2, UX-1: blocked CSSIs: refused and in error said once, empty, then one to lift, one told of alone, and one’s own without a button', async () => {
  pages.service.reply(getMe, {}, { ...me(), roles: ['administrateur'] })
  const path = '/administration/cssi-bloques'
  pages.service.on(
    `GET ${listOfficerBlocks.path}`,
    refusal(403, 'access/role-required', 'Réservé', 'Ces blocages se lisent par un administrateur.'),
  )
  const page = await pages.open(path)
  await page.getByText('Ces blocages se lisent par un administrateur.').waitFor()
  await pages.soundAtEveryWidth('officer-blocks-refused')
  pages.service.on(`GET ${listOfficerBlocks.path}`, failing)
  await pages.open(path)
  const again = page.getByRole('button', { name: 'Réessayer' })
  await again.waitFor({ timeout: 150_000 })
  await pages.sound('officer-blocks-error')
  let items: Reply<typeof listOfficerBlocks>['items'] = []
  pages.service.reply(listOfficerBlocks, {}, () => ({ items }))
  await again.press('Enter')
  await page.getByText('Aucun accès n’est coupé').waitFor()
  await pages.soundAtEveryWidth('officer-blocks-empty')

  const block = (n: number, name: string, over: Partial<(typeof items)[number]> = {}): (typeof items)[number] => ({
    id: id(n),
    person: { id: id(n), name, organisationId: organisations.france.id },
    organisation: { ...organisations.france, kind: 'operateur' },
    cause: 'suspect-use',
    cuts: 'account',
    grant: null,
    reason: '201 documents exportés en une journée (seuil : 200).',
    incident: null,
    blockedAt: '2026-11-25T09:12:00Z',
    by: null,
    liftedAt: null,
    liftedBy: null,
    verdict: null,
    allowed: ['lift'],
    ...over,
  })
  items = [
    block(1, 'Odile Marchand'),
    block(2, 'Élisabeth de la Rochefoucauld-Larrouturou', { cuts: 'none' }),
    block(3, 'Samir Haddad', { allowed: [] }),
  ]
  await pages.open(path)
  await page.getByRole('button', { name: 'Lever le blocage d’Odile Marchand' }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Lever/ }).count(), 2)
  await pages.soundAtEveryWidth('officer-blocks')
  pages.service.on(
    `POST ${liftOfficerBlock.path.replace(':blockId', id(1))}`,
    refusal(409, 'security/already-lifted', 'Blocage déjà levé', 'Ce blocage est déjà levé.'),
  )
  await page.getByRole('button', { name: 'Lever le blocage d’Odile Marchand' }).press('Enter')
  await page.getByLabel(/^Constat/).fill('Vérifié au téléphone avec elle')
  await page.getByRole('button', { name: 'Lever le blocage', exact: true }).press('Enter')
  await page.getByText('Ce blocage est déjà levé.').waitFor()
  await pages.soundAtEveryWidth('officer-blocks-lifted-meanwhile')
})
