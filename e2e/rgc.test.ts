import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { blockAccount, findPeople, liftBlock, listBlocks } from '../contract/oversight/security.ts'
import { listGrantRequests } from '../contract/people-and-rights/grants.ts'
import { getPerson } from '../contract/people-and-rights/people.ts'
import { listReviewsDue } from '../contract/people-and-rights/reviews.ts'
import {
  answerUnseen,
  correctPaper,
  decideDeed,
  declareRgcEvent,
  enterDeed,
  findStructures,
  getRgc,
  liftBar,
  listDeeds,
  noteRgcEvent,
  proposeDeed,
  recordCertificate,
  signDeed,
  withdrawKnownEvent,
  withdrawRevocation,
  withdrawRgcEvent,
} from '../contract/people-and-rights/rgc.ts'
import { beginUpload } from '../contract/people-and-rights/uploads.ts'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { epci } from './employer-stub.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

type Overview = Reply<typeof getRgc>
type Deed = Overview['deeds'][number]
const { jalle } = organisations
const person = (n: number, name: string) => ({
  id: `0193a000-0000-7000-80a0-00000000000${n}`,
  name,
  organisationId: jalle.id,
})
const [maite, gilles, odile] = [person(1, 'Maïté Harispe'), person(2, 'Gilles Arnaudin'), person(3, 'Odile Marchand')]
const member = (over: object = {}) => ({
  person: maite,
  position: 'titulaire' as const,
  givenName: 'Maïté',
  familyName: 'Harispe',
  telephone: '05 00 00 00 10',
  email: 'maite.harispe@jalle-eau-bourde.example',
  bornOn: null,
  signedAt: null,
  refused: false,
  ...over,
})
/** The service takes a file of this name in one piece, and finds it sound. */
const receives = (name: string) => {
  const upload = {
    id: '0193a000-0000-7000-80e0-000000000009',
    name,
    size: 20,
    pieceBytes: 524_288,
    begunAt: '2026-11-25T10:00:00Z',
  }
  const check = `POST /uploads/${upload.id}/check`
  const checked = {
    body: { ...upload, received: 1, type: 'application/pdf', sha256: 'a'.repeat(64), scanned: true },
  }
  pages.service.reply(beginUpload, {}, upload)
  pages.service.on(`PUT /uploads/${upload.id}/pieces/0`, { body: { position: 0 } })
  pages.service.on(check, checked)
  return { id: upload.id, check, checked }
}
const deed = (over: Partial<Deed> = {}): Deed => ({
  id: '0193a000-0000-7000-80d0-000000000001',
  organisation: jalle,
  convention: { id: '0193a000-0000-7000-80c0-000000000001', number: 'CC-2026-001', state: 'in-force' },
  organisationName: jalle.name,
  siret: '24330116500011',
  address: '2 place de la Jalle, 33650 La Brède',
  signatory: { person: gilles, title: 'Vice-président', signedAt: null },
  members: [member()],
  commitments: ['La structure et chaque personne désignée se portent garantes de l’usage des habilitations données.'],
  conditions: { title: 'Conditions générales d’accès', version: 2 },
  digest: 'ab'.repeat(32),
  changes: [],
  state: 'a-signer',
  createdAt: '2026-11-20T09:00:00Z',
  sentAt: null,
  silenceAcceptsAt: null,
  paper: null,
  contested: null,
  decision: null,
  allowed: ['sign', 'abandon'],
  ...over,
})
const step = (
  term: 'convention' | 'deed' | 'certificate' | 'cgu' | 'second-factor',
  done: boolean,
  sentence: string,
  whoActs = 'Vous, dans ce service.',
) => ({ term, done, sentence, whoActs })
const overview = (over: Partial<Overview> = {}): Overview => ({
  organisation: jalle,
  gate: null,
  inPlace: [],
  signatories: [gilles],
  next: {
    commitments: ['La structure et chaque personne désignée se portent garantes de l’usage des habilitations données.'],
    conditions: { title: 'Conditions générales d’accès', version: 2 },
  },
  conventions: [{ id: '0193a000-0000-7000-80c0-000000000001', number: 'CC-2026-001', state: 'in-force' }],
  deeds: [],
  events: [],
  toDeclare: [],
  unseen: [],
  revocations: [],
  allowed: ['propose'],
  ...over,
})
const nobody = { mails: 1, emptyRoles: [] }
const everywhere = async (path: string, name: string) => {
  await pages.open(path)
  await pages.page().locator('.fr-skeleton, .cc-skeleton').first().waitFor({ state: 'detached' })
  await pages.soundAtEveryWidth(name)
}

test('RGC-1, RGC-9, RGC-10, UX-1: a deed is proposed by keyboard, or deposited signed by hand, says what it refuses, is signed, and shows who still has to', async () => {
  pages.service.reply(getMe, {}, me())
  let held = overview({ allowed: ['propose', 'deposit'] })
  pages.service.reply(getRgc, {}, () => held)
  let refusals = 1
  pages.service.reply(proposeDeed, {}, () => {
    if (refusals-- > 0)
      return {
        instead: {
          status: 422,
          body: {
            type: '/api/refus/rgc/shared-mailbox',
            title: 'Adresse partagée',
            status: 422,
            code: 'rgc/shared-mailbox',
            requestId: '0193a000-0000-7000-8000-000000000001',
            detail:
              'Un RGC a une adresse électronique à son nom : une boîte partagée (contact, accueil, rh…) n’est pas acceptée.',
          },
        },
      }
    held = overview({ deeds: [deed()] })
    return { ...held.deeds[0]!, told: nobody }
  })
  pages.service.reply(signDeed, { deedId: deed().id }, () => {
    held = overview({
      inPlace: [maite],
      deeds: [
        deed({
          state: 'en-vigueur',
          sentAt: '2026-11-25T10:00:00Z',
          allowed: [],
          signatory: { person: gilles, title: 'Vice-président', signedAt: '2026-11-25T10:00:00Z' },
          members: [member({ signedAt: '2026-11-24T09:00:00Z' })],
        }),
      ],
      allowed: ['propose', 'declare'],
    })
    return { ...held.deeds[0]!, told: nobody }
  })
  await everywhere('/responsables-de-comptes', 'rgc-aucun')
  await everywhere('/responsables-de-comptes/proposer', 'rgc-proposer')
  const page = await pages.open('/responsables-de-comptes')
  await page.getByText('Votre structure n’a pas de RGC en exercice').waitFor()
  await page.getByRole('link', { name: 'Proposer un acte d’engagement' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Proposer un acte d’engagement' }).waitFor()
  await page.getByRole('button', { name: 'Déposer l’exemplaire signé' }).press('Enter')
  await page.getByRole('heading', { name: jalle.name }).waitFor()
  assert.equal(await page.getByLabel(/^Reçu le/).count(), 0, 'it reaches the CSSI today')
  await pages.soundAtEveryWidth('rgc-deposer')
  await page.getByRole('button', { name: 'Annuler' }).press('Enter')
  await page.getByRole('button', { name: 'Proposer à la signature' }).press('Enter')
  await page.getByText('Renseignez « Adresse de la structure ».').first().waitFor()
  for (const [label, value] of [
    ['Adresse de la structure', '2 place de la Jalle, 33650 La Brède'],
    ['Qualité du signataire', 'Vice-président'],
    ['Prénom', 'Maïté'],
    ['Nom', 'Harispe'],
    ['Date de naissance', '1974-05-12'],
    ['Téléphone', '05 00 00 00 10'],
    ['Adresse électronique nominative', 'accueil@jalle-eau-bourde.example'],
  ] as const)
    await page.getByLabel(new RegExp(`^${label}`)).fill(value)
  await page.getByLabel(/^Signataire/).selectOption({ label: 'Gilles Arnaudin' })
  await page.getByLabel(/^Lien avec la structure/).selectOption('permanent')
  await page.getByRole('button', { name: 'Proposer à la signature' }).press('Enter')
  await page.getByText('Remettez d’abord les conditions générales d’accès').waitFor()
  await page.getByLabel(/version 2, ont été remises à chaque personne désignée/).press('Space')
  await page.getByRole('button', { name: 'Proposer à la signature' }).press('Enter')
  await page.getByText('une boîte partagée').waitFor()
  await page.getByLabel(/^Adresse électronique/).fill('maite.harispe@jalle-eau-bourde.example')
  await page.getByRole('button', { name: 'Proposer à la signature' }).press('Enter')
  await page.getByText('Signatures attendues : Maïté Harispe, Gilles Arnaudin (signataire).').waitFor()
  const sent = pages.service.calls.filter(c => c.method === 'POST' && c.path === '/api/rgc/deeds').at(-1)!.body
  assert.deepEqual(
    [sent.conditionsGiven, sent.members[0].staff, sent.members[0].bornOn],
    [true, 'permanent', '1974-05-12'],
  )
  await pages.sound('rgc-a-signer-1440')
  await page.getByText('se portent garantes de l’usage').waitFor()
  await page.getByText('Conditions générales d’accès, version 2').first().waitFor()
  await page.getByRole('button', { name: 'Signer par mon second facteur' }).press('Enter')
  await page.getByText('Lisez l’acte et les conditions générales d’accès').waitFor()
  assert.equal(pages.service.calls.filter(c => c.path.endsWith('/sign')).length, 0, 'not before it is read')
  await page.getByLabel(/^J’ai lu tout l’acte/).press('Space')
  await page.getByRole('button', { name: 'Signer par mon second facteur' }).press('Enter')
  await page.getByText('il est en vigueur dès sa réception').waitFor()
  assert.equal(pages.service.calls.find(c => c.path.endsWith('/sign'))!.body.digest, deed().digest)
  await everywhere('/responsables-de-comptes', 'rgc-en-vigueur')
})
test('RGC-1, ACC-3: a deed that one may not sign, a request that one may not decide, have no button for it', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(
    getRgc,
    {},
    overview({ deeds: [deed({ allowed: ['download'], changes: [{ kind: 'name', person: maite }] })] }),
  )
  const page = await pages.open('/responsables-de-comptes')
  await page.getByText('Signatures attendues').first().waitFor()
  await page.getByText('Depuis cet acte, le nom de Maïté Harispe a changé.').waitFor()
  await page.getByRole('button', { name: 'Télécharger ma copie (PDF)' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Signer par mon second facteur' }).count(), 0)

  const request: Reply<typeof listGrantRequests>['items'][number] = {
    id: '0193a000-0000-7000-80d1-000000000001',
    person: maite,
    askedBy: maite,
    askedAt: '2026-11-24T09:00:00Z',
    tool: 'campagnes',
    profile: 'conseiller',
    territory: epci,
    agency: null,
    purpose: 'prospection',
    reason: 'Je reprends le secteur',
    decision: null,
    decidedAt: null,
    decidedBy: null,
    decisionReason: null,
    beyondFunction: false,
    allowed: ['withdraw'],
    whoDecides: 'Un RGC de la structure',
  }
  pages.service.reply(
    listGrantRequests,
    {},
    {
      items: [request, { ...request, id: '0193a000-0000-7000-80d1-000000000002', person: gilles, allowed: ['decide'] }],
      next: null,
      total: 2,
    },
  )
  const requests = await pages.open('/habilitations/demandes')
  await requests.getByRole('button', { name: 'Décider de la demande pour Gilles Arnaudin' }).waitFor()
  assert.equal(await requests.getByRole('button', { name: /^Décider/ }).count(), 1)
})
test('RGC-4, RGC-6, RGC-7: what is missing and who must act, a revocation asked for, a departure told late before it is declared', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(
    getRgc,
    {},
    overview({
      gate: [
        step('convention', true, 'La convention de votre structure est en vigueur.'),
        step('deed', true, 'Un acte d’engagement en vigueur vous désigne.'),
        step(
          'certificate',
          false,
          'Votre attestation du module RGC n’est pas enregistrée.',
          'Vous, en suivant le module et en envoyant l’attestation au CSSI, qui l’enregistre.',
        ),
        step('cgu', true, 'Vous avez accepté les conditions générales d’utilisation.'),
        step('second-factor', true, 'Votre second facteur est en place.'),
      ],
      inPlace: [maite],
      allowed: ['propose', 'declare'],
      deeds: [
        deed({
          state: 'refuse',
          sentAt: '2026-11-10T10:00:00Z',
          allowed: [],
          members: [member({ refused: true })],
          decision: {
            kind: 'refus',
            reason: 'La personne désignée n’est pas joignable.',
            by: odile,
            at: '2026-11-12T10:00:00Z',
          },
        }),
      ],
      revocations: [
        {
          id: '0193a000-0000-7000-80e0-000000000001',
          person: maite,
          organisation: jalle,
          reason: 'Comptes donnés sans motif.',
          requiredAt: '2026-11-20T10:00:00Z',
          madeAt: null,
          withdrawn: null,
          liftedAt: null,
          allowed: ['make'],
        },
      ],
      events: [
        {
          id: '0193a000-0000-7000-80f0-000000000001',
          person: maite,
          organisation: jalle,
          kind: 'depart',
          lastDay: '2026-10-31',
          absentFrom: null,
          backOn: null,
          knownOn: '2026-10-01',
          declareBy: '2026-10-09',
          late: true,
          rightsEndAt: '2026-10-31T23:00:00Z',
          declaredAt: '2026-10-20T10:00:00Z',
          receivedOn: null,
          signedOn: null,
          corrections: [],
          allowed: [],
          endsAccount: true,
          withdrawn: null,
        },
      ],
    }),
  )
  await everywhere('/responsables-de-comptes', 'rgc-manque')
  const page = await pages.open('/responsables-de-comptes')
  await page.getByText('Il reste une condition à remplir.').waitFor()
  await page.getByText('refusée', { exact: true }).waitFor()
  await page.getByText('jusqu’au 31 octobre 2026').waitFor()
  await page.getByText('L’opérateur demande la révocation de Maïté Harispe').waitFor()
  await page.getByRole('button', { name: 'Déclarer un départ ou une absence' }).press('Enter')
  await page.getByLabel(/^Connu le/).fill('2026-01-10')
  await page
    .getByText('À déclarer au plus tard le 18 janvier 2026, huit jours après. La déclaration sera marquée en retard.')
    .waitFor()
  await page.getByLabel(/^Événement/).selectOption('changement-de-fonction')
  await page.getByLabel(/^Le compte ne sert plus/).waitFor()
  await page.getByLabel(/^Événement/).selectOption('absence')
  await page.getByLabel(/^Premier jour d’absence/).waitFor()
  await pages.sound('rgc-declarer-1440')
})
test('ACC-4, RGC-1, EST-13: where the only account manager is the only signatory, the page says what waits and what to do; the name leads to the card of the directory', async () => {
  pages.service.reply(getMe, {}, me())
  const alone = 'Votre seul RGC est aussi votre seul signataire'
  for (const [people, signatories, said] of [
    [[gilles], [gilles], 1],
    [[gilles, maite], [gilles], 0],
    [[gilles], [gilles, maite], 0],
    [[maite], [gilles], 0],
  ] as const) {
    pages.service.reply(getRgc, {}, overview({ inPlace: [...people], signatories: [...signatories] }))
    const page = await pages.open('/responsables-de-comptes')
    await page.getByRole('heading', { name: 'En exercice' }).waitFor()
    assert.equal(await page.getByText(alone).count(), said)
  }
  pages.service.reply(getRgc, {}, overview({ inPlace: [gilles], signatories: [gilles] }))
  await everywhere('/responsables-de-comptes', 'rgc-signataire-seul')
  const card = pages.page().getByRole('link', { name: gilles.name, exact: true })
  assert.equal(await card.getAttribute('href'), `/annuaire/${gilles.id}`)
})
test('RGC-6, UX-1: what is known is noted by keyboard, shows its limit and what is late on both sides, is taken back with a reason; refused, in error, out of reach', {
  timeout: 1_200_000,
}, async () => {
  pages.service.reply(getMe, {}, me())
  type Line = Overview['toDeclare'][number]
  const line = (n: number, over: Partial<Line> = {}): Line => ({
    id: `0193a000-0000-7000-80c0-00000000001${n}`,
    person: maite,
    organisation: jalle,
    kind: 'depart',
    knownOn: '2026-11-10',
    declareBy: '2026-11-18',
    late: true,
    allowed: ['withdraw'],
    ...over,
  })
  const lines = [
    line(1),
    line(2, {
      person: person(4, 'Jean-Baptiste de La Teste-Harispe'),
      kind: 'changement-de-fonction',
      knownOn: '2026-11-22',
      declareBy: '2026-11-30',
      late: false,
    }),
  ]
  const asked: Overview['unseen'] = [{ person: gilles, organisation: jalle, since: '2026-11-24', allowed: ['answer'] }]
  let unseen: Overview['unseen'] = []
  let toDeclare: Line[] = []
  pages.service.reply(getRgc, {}, () =>
    overview({ inPlace: [maite, gilles], allowed: ['propose', 'declare'], toDeclare, unseen }),
  )
  const page = await pages.open('/responsables-de-comptes')
  await page.getByRole('button', { name: 'Noter ce qui est à déclarer' }).waitFor()
  assert.equal(await page.getByText('À déclarer au CSSI').count(), 0)
  pages.service.on(
    'POST /rgc/known-events',
    refusal(409, 'rgc/already-noted', 'Déjà noté', 'Un événement de ce RGC est déjà noté : il reste à le déclarer.'),
  )
  await page.getByRole('button', { name: 'Noter ce qui est à déclarer' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await dialog.getByText('Renseignez « Personne ».').first().waitFor()
  await dialog.getByLabel(/^Personne/).selectOption({ label: 'Maïté Harispe' })
  await dialog.getByLabel(/^Événement/).selectOption('depart')
  await dialog.getByLabel(/^Connu le/).fill('2026-11-10')
  await dialog.getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await dialog.getByText('il reste à le déclarer').waitFor()
  await pages.sound('a-declarer-noter-1440')
  pages.service.reply(noteRgcEvent, {}, () => {
    toDeclare = lines
    unseen = asked
    return lines[0]!
  })
  await dialog.getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(pages.service.calls.findLast(c => c.method === 'POST' && c.path === '/api/rgc/known-events')!.body, {
    accountId: maite.id,
    kind: 'depart',
    knownOn: '2026-11-10',
  })
  await page.getByText('le 18 novembre 2026 au plus tard').waitFor()
  await everywhere('/responsables-de-comptes', 'a-declarer')
  await pages.page().getByText('Ce n’est pas une absence').waitFor()
  pages.service.reply(answerUnseen, { accountId: gilles.id }, () => {
    unseen = []
    return { answered: true as const }
  })
  await pages
    .page()
    .getByRole('button', { name: /^Toujours en fonction/ })
    .press('Enter')
  await pages.sound('toujours-en-fonction-1440')
  await pages.page().getByRole('dialog').getByRole('button', { name: 'Répondre' }).press('Enter')
  await pages.page().getByText('Toujours en fonction ?').waitFor({ state: 'detached' })

  pages.service.reply(withdrawKnownEvent, { eventId: lines[0]!.id }, () => {
    toDeclare = lines.slice(1)
    return { withdrawn: true as const }
  })
  await pages.page().getByRole('button', { name: 'Noté à tort : Maïté Harispe' }).press('Enter')
  await pages.page().getByRole('dialog').getByRole('button', { name: 'Retirer' }).press('Enter')
  await pages.page().getByText('Renseignez « Motif ».').first().waitFor()
  await pages
    .page()
    .getByRole('dialog')
    .getByLabel(/^Motif/)
    .fill('Erreur de personne')
  await pages.sound('a-declarer-retirer-1440')
  await pages.page().getByRole('dialog').getByRole('button', { name: 'Retirer' }).press('Enter')
  await pages.page().getByText('le 18 novembre 2026 au plus tard').waitFor({ state: 'detached' })

  pages.service.on(
    'GET /rgc',
    refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
  )
  await pages.open('/responsables-de-comptes', 320)
  await pages.page().getByText('Erreur du service').waitFor()
  await pages.sound('a-declarer-panne-320')
  pages.service.lose('GET /rgc')
  await pages.open('/responsables-de-comptes')
  await pages.page().getByText('Connexion perdue').first().waitFor()
  await pages.sound('a-declarer-sans-reseau-1440')

  const oversight = {
    waiting: [],
    deeds: [],
    uncertified: [],
    events: [],
    unseen: [],
    revocations: [],
    barred: [],
    withoutRgc: [],
  }
  pages.service.reply(
    listDeeds,
    {},
    { ...oversight, toDeclare: [...lines, line(4, { organisation: organisations.plie, person: odile })] },
  )
  await everywhere('/securite/rgc', 'cssi-a-declarer')
  await pages.page().getByText('Départs et absences à déclarer par les structures').waitFor()
  pages.service.reply(listDeeds, {}, { ...oversight, toDeclare: [] })
  await everywhere('/securite/rgc', 'cssi-rien')
  await pages.page().getByText('Aucun acte reçu').waitFor()
  pages.service.on(
    'GET /rgc/oversight',
    refusal(403, 'access/role-required', 'Rôle nécessaire', 'Il faut tenir un rôle que vous n’avez pas.'),
  )
  await pages.open('/securite/rgc', 320)
  await pages.page().getByText('Rôle nécessaire').waitFor()
  await pages.sound('cssi-a-declarer-refuse-320')
})
test('RGC-3, RGC-4, RGC-7, AGR-13: the CSSI reads what awaits an answer, withdraws a demand, lifts a bar, refuses with a reason, records a certificate, enters what was signed by hand and corrects a day of it', async () => {
  pages.service.reply(getMe, {}, me())
  const waiting = deed({
    state: 'en-attente',
    sentAt: '2026-11-20T10:00:00Z',
    silenceAcceptsAt: '2026-12-20T23:00:00Z',
    allowed: ['accept', 'refuse', 'download'],
    members: [member({ bornOn: '1974-05-12', signedAt: '2026-11-19T09:00:00Z' })],
    signatory: { person: gilles, title: 'Vice-président', signedAt: '2026-11-20T10:00:00Z' },
  })
  const old = deed({
    id: '0193a000-0000-7000-80d0-000000000002',
    organisation: organisations.plie,
    state: 'en-vigueur',
    sentAt: '2026-10-01T10:00:00Z',
    paper: { signedOn: '2026-09-28', receivedOn: '2026-10-01', by: odile, corrections: [] },
    allowed: ['correct'],
    changes: [{ kind: 'name', person: gilles }],
  })
  const revocations: Reply<typeof listDeeds>['revocations'] = [
    {
      id: '0193a000-0000-7000-80c0-000000000031',
      person: maite,
      organisation: jalle,
      reason: 'Manquement constaté',
      requiredAt: '2026-11-21T10:00:00Z',
      madeAt: null,
      withdrawn: null,
      liftedAt: null,
      allowed: ['withdraw'],
    },
  ]
  pages.service.reply(
    listDeeds,
    {},
    {
      waiting: [waiting],
      deeds: [waiting, old],
      uncertified: [{ person: gilles, organisation: organisations.plie }],
      events: [],
      toDeclare: [
        {
          id: '0193a000-0000-7000-80c0-000000000009',
          person: maite,
          organisation: jalle,
          kind: 'depart',
          knownOn: '2026-11-10',
          declareBy: '2026-11-18',
          late: true,
          allowed: ['withdraw'],
        },
      ],
      unseen: [{ person: gilles, organisation: jalle, since: '2026-11-24', allowed: [] }],
      revocations,
      barred: [
        {
          person: gilles,
          organisation: organisations.plie,
          cause: 'refused',
          reason: 'Motif du refus',
          since: '2026-11-02T10:00:00Z',
          allowed: ['lift'],
        },
      ],
      withoutRgc: [organisations.plie],
    },
  )
  pages.service.reply(
    decideDeed,
    { deedId: waiting.id },
    {
      ...waiting,
      state: 'refuse',
      told: { mails: 2, emptyRoles: [{ party: 'partenaire', role: 'rgc' }] },
      nobodyLeft: null,
    },
  )
  pages.service.reply(
    recordCertificate,
    {},
    {
      id: '0193a000-0000-7000-80c0-000000000001',
      person: maite,
      organisation: jalle,
      issuedOn: '2026-11-18',
      fileName: 'attestation.pdf',
      recordedAt: '2026-11-25T10:00:00Z',
    },
  )
  await everywhere('/securite/rgc', 'cssi-actes')
  const page = await pages.open('/securite/rgc')
  await page.getByText('Sans réponse de l’opérateur, il est accepté à la fin du 20 décembre 2026.').waitFor()
  await page.getByRole('heading', { name: '1 acte attend votre réponse' }).waitFor()
  await page.getByRole('heading', { name: '1 attestation à enregistrer' }).waitFor()
  await page.getByRole('button', { name: 'Enregistrer l’attestation de Gilles Arnaudin' }).waitFor()
  assert.equal(
    await page.getByRole('button', { name: /^Ouvrir/ }).count(),
    2,
    'what waits stands once, before the rest',
  )
  // Both with a reason, each told to the structure.
  const told = { mails: 2, emptyRoles: [] }
  const [demand] = revocations
  pages.service.reply(withdrawRevocation, { revocationId: demand!.id }, { ...demand!, allowed: [], told })
  pages.service.reply(liftBar, { accountId: gilles.id }, { lifted: true, told })
  for (const [act, submit, path] of [
    ['Retirer la demande : Maïté Harispe', 'Retirer la demande', `/api/rgc/revocations/${demand!.id}/withdraw`],
    ['Permettre de la désigner : Gilles Arnaudin', 'Permettre de la désigner', `/api/rgc/barred/${gilles.id}/lift`],
  ] as const) {
    await page.getByRole('button', { name: act }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: submit }).press('Enter')
    await dialog.getByText('Renseignez « Motif ».').first().waitFor()
    await pages.sound(`cssi-${path.split('/').at(-1)}-1440`)
    await dialog.getByLabel(/^Motif/).fill('Erreur sur la personne')
    await dialog.getByRole('button', { name: submit }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    assert.deepEqual(pages.service.calls.find(c => c.path === path)!.body, { reason: 'Erreur sur la personne' })
  }
  const asked = page.waitForRequest(request => request.url().endsWith('/api/rgc/oversight?q=jalle'))
  await page.getByLabel(/^Nom de la structure/).fill('jalle')
  await asked
  await page
    .getByRole('button', { name: /^Ouvrir/ })
    .first()
    .press('Enter')
  await page.getByText('12 mai 1974').waitFor()
  await page.getByRole('radio', { name: 'Refuser' }).press('Space')
  await page.getByRole('button', { name: 'Refuser par écrit' }).press('Enter')
  await page.getByText('Renseignez « Motif ».').first().waitFor()
  await pages.sound('cssi-acte-1440')
  await page.getByLabel(/^Motif/).fill('La personne désignée n’est pas joignable.')
  await page.getByRole('button', { name: 'Refuser par écrit' }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.deepEqual(pages.service.calls.find(c => c.path.endsWith('/decision'))!.body, {
    kind: 'refus',
    reason: 'La personne désignée n’est pas joignable.',
    refused: [maite.id],
  })
  await page
    .getByRole('button', { name: /^Ouvrir/ })
    .first()
    .press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Enregistrer l’attestation/ })
    .press('Enter')
  const upload = receives('attestation.pdf')
  pages.service.on(
    upload.check,
    refusal(422, 'upload/infected', 'Fichier dangereux', 'L’antivirus l’a reconnu : il n’est pas gardé.'),
  )
  await page.getByLabel(/^Date de l’attestation/).fill('2026-11-18')
  const file = {
    name: 'attestation.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 essai %%EOF'),
  }
  await page.getByLabel(/^Fichier reçu/).setInputFiles(file)
  await page
    .getByText(/^Fichier dangereux\./)
    .first()
    .waitFor()
  await pages.soundAtEveryWidth('cssi-attestation-refusee')
  pages.service.on(upload.check, upload.checked)
  await page.getByLabel(/^Fichier reçu/).setInputFiles(file)
  await page.getByText(/^Fichier joint : attestation\.pdf/).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const sentBy = (path: string) => pages.service.calls.findLast(c => c.path === path)!.body
  assert.equal(sentBy(`/api/uploads/${upload.id}/pieces/0`), '%PDF-1.7 essai %%EOF')
  assert.deepEqual(sentBy('/api/rgc/certificates'), { accountId: maite.id, issuedOn: '2026-11-18', file: upload.id })

  // What the structure sent by letter: entered with the day it was received.
  await page
    .getByRole('button', { name: /^Ouvrir/ })
    .last()
    .press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Saisir la déclaration reçue pour Maïté Harispe' })
    .press('Enter')
  const entering = page.getByRole('dialog', { name: /Saisir la déclaration reçue d’une structure/ })
  await entering.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await entering.getByText('Renseignez « Reçue le ».').first().waitFor()
  await pages.sound('cssi-saisir-1440')
  await entering.getByLabel(/^Personne/).selectOption({ label: 'Maïté Harispe' })
  await entering.getByLabel(/^Événement/).selectOption('depart')
  await entering.getByLabel(/^Signée ou envoyée le/).fill('2026-11-18')
  await entering.getByLabel(/^Reçue le/).fill('2026-11-20')
  await entering.getByLabel(/^Lettre ou courriel reçu/).setInputFiles({ ...file, name: 'lettre.pdf' })
  await entering.getByText(/^Fichier joint : lettre\.pdf/).waitFor()
  await entering.getByLabel(/^Dernier jour/).fill('2026-11-30')
  await entering.getByLabel(/^Connu le/).fill('2026-11-18')
  pages.service.reply(
    declareRgcEvent,
    {},
    {
      id: '0193a000-0000-7000-80f0-000000000002',
      person: maite,
      organisation: jalle,
      kind: 'depart',
      lastDay: '2026-11-30',
      absentFrom: null,
      backOn: null,
      knownOn: '2026-11-18',
      declareBy: '2026-11-26',
      late: false,
      rightsEndAt: '2026-11-30T23:00:00Z',
      declaredAt: '2026-11-25T10:00:00Z',
      receivedOn: '2026-11-20',
      signedOn: '2026-11-18',
      corrections: [],
      allowed: ['download', 'correct'],
      endsAccount: true,
      withdrawn: null,
      told: nobody,
      nobodyLeft: null,
    },
  )
  await entering.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await entering.waitFor({ state: 'hidden' })
  const entered = pages.service.calls.findLast(c => c.path === '/api/rgc/events')!.body
  assert.deepEqual(
    [entered.signedOn, entered.receivedOn, entered.lastDay, entered.file],
    ['2026-11-18', '2026-11-20', '2026-11-30', upload.id],
  )

  // AGR-13: a mistaken day is corrected, with a reason.
  await page
    .getByRole('button', { name: /^Ouvrir/ })
    .last()
    .press('Enter')
  await page.getByText(/^Signé à la main le 28 septembre 2026, reçu par l’opérateur le 1er octobre 2026/).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Corriger une date' }).press('Enter')
  const correcting = page.getByRole('dialog', { name: 'Corriger une date' })
  await correcting.getByLabel(/^Reçu le/).fill('2026-10-02')
  await correcting.getByRole('button', { name: 'Corriger', exact: true }).press('Enter')
  await correcting.getByText('Renseignez « Motif ».').first().waitFor()
  await pages.sound('cssi-corriger-1440')
  await correcting.getByLabel(/^Motif/).fill('Tampon mal lu')
  // RGC-3: it would take away at once what the deed gave: said, and confirmed, before anything is written.
  const undone = '2027-01-02T23:00:00.000Z'
  pages.service.reply(correctPaper, {}, ({ body }) =>
    'confirms' in body
      ? { corrected: true as const, told: nobody }
      : {
          instead: refusal(409, 'rgc/confirm-acceptance', 'Effet à confirmer', 'Relisez la date.', {
            facts: { acceptsAt: undone },
          }),
        },
  )
  await correcting.getByRole('button', { name: 'Corriger', exact: true }).press('Enter')
  await correcting.getByText(/court jusqu’au 2 janvier 2027 à 24 heures : l’acte n’est plus accepté/).waitFor()
  await pages.soundAtEveryWidth('cssi-corriger-a-confirmer')
  await correcting.getByRole('button', { name: 'Confirmer cet effet' }).press('Enter')
  await correcting.waitFor({ state: 'hidden' })
  assert.deepEqual(sentBy('/api/rgc/papers/corrections'), {
    kind: 'deed',
    id: old.id,
    signedOn: '2026-09-28',
    receivedOn: '2026-10-02',
    reason: 'Tampon mal lu',
    confirms: undone,
  })

  // AGR-13, RGC-10: a deed signed by hand, entered in the name of its structure.
  pages.service.reply(
    findStructures,
    {},
    {
      items: [
        { organisation: jalle, conventions: [deed().convention!], signatories: [gilles], inPlace: [] },
        { organisation: organisations.plie, conventions: [deed().convention!], signatories: [], inPlace: [] },
      ],
      entered: [],
    },
  )
  const over = '2026-11-20T23:00:00.000Z'
  pages.service.reply(enterDeed, {}, ({ body }) =>
    'confirms' in body
      ? { ...old, told: nobody }
      : {
          instead: refusal(409, 'rgc/confirm-acceptance', 'Effet à confirmer', 'Relisez la date.', {
            facts: { acceptsAt: over },
          }),
        },
  )
  await page.getByRole('link', { name: 'Saisir un acte signé à la main' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Saisir un acte d’engagement signé à la main' }).waitFor()
  await page.getByLabel(/^Nom de la structure/).fill('jalle')
  await page.getByText('Cette structure n’a pas de signataire').waitFor()
  await pages.soundAtEveryWidth('cssi-acte-recu-structures')
  await page.getByRole('button', { name: jalle.name }).press('Enter')
  await page.getByRole('button', { name: 'Enregistrer l’acte' }).press('Enter')
  await page.getByText('Renseignez « Adresse de la structure ».').first().waitFor()
  await pages.soundAtEveryWidth('cssi-acte-recu')
  for (const [label, value] of [
    ['Adresse de la structure', '2 place de la Jalle, 33650 La Brède'],
    ['Qualité du signataire', 'Vice-président'],
    ['Signé le', '2026-11-16'],
    ['Reçu le', '2026-11-19'],
    ['Prénom', 'Maïté'],
    ['Nom', 'Harispe'],
    ['Date de naissance', '1974-05-12'],
    ['Téléphone', '05 00 00 00 10'],
    ['Adresse électronique nominative', 'maite.harispe@jalle-eau-bourde.example'],
  ] as const)
    await page.getByLabel(new RegExp(`^${label}`)).fill(value)
  await page.getByLabel(/^Qui a signé pour la structure/).selectOption({ label: 'Gilles Arnaudin' })
  await page.getByLabel(/^Lien avec la structure/).selectOption('permanent')
  await page.getByLabel(/^Exemplaire signé/).setInputFiles({ ...file, name: 'acte.pdf' })
  await page.getByText(/^Fichier joint : acte\.pdf/).waitFor()
  await page.getByRole('button', { name: 'Enregistrer l’acte' }).press('Enter')
  await page.getByText('Vérifiez l’exemplaire reçu, puis cochez cette case.').waitFor()
  await page.getByLabel(/^Il porte les engagements de l’annexe 1 bis/).press('Space')
  await page.getByRole('button', { name: 'Enregistrer l’acte' }).press('Enter')
  await page.getByText(/a pris fin le 20 novembre 2026 à 24 heures : l’acte est accepté dès maintenant/).waitFor()
  await pages.soundAtEveryWidth('cssi-acte-a-confirmer')
  await page.getByRole('button', { name: 'Confirmer cet effet' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Actes d’engagement et attestations' }).waitFor()
  const { members, ...typed } = pages.service.calls.findLast(c => c.path === '/api/rgc/paper-deeds' && c.body)!.body
  assert.deepEqual(
    [typed.organisationId, typed.signatoryId, typed.signedOn, typed.receivedOn, typed.file, members.length],
    [jalle.id, gilles.id, '2026-11-16', '2026-11-19', upload.id, 1],
  )
  assert.equal(typed.confirms, over)
})

test('ACC-10, ACC-11, SEC-2: the CSSI sees who is blocked and why, lifts on a verdict only, and blocks with a reason and an incident', async () => {
  pages.service.reply(getMe, {}, me())
  type Block = Reply<typeof listBlocks>['items'][number]
  const block = (n: number, over: Partial<Block> = {}): Block => ({
    id: `0193a000-0000-7000-80b0-00000000000${n}`,
    person: maite,
    organisation: jalle,
    cause: 'suspect-use',
    cuts: 'account',
    grant: null,
    reason: 'Coordonnées de 412 employeurs ou collègues lues en une heure (seuil : 300).',
    incident: null,
    blockedAt: '2026-11-25T09:12:00Z',
    by: null,
    liftedAt: null,
    liftedBy: null,
    verdict: null,
    allowed: ['lift'],
    ...over,
  })
  pages.service.reply(listReviewsDue, {}, { items: [], next: null })
  pages.service.reply(listBlocks, {}, () => ({
    instead: refusal(
      403,
      'access/role-required',
      'Rôle nécessaire',
      'Cette page est réservée à un rôle que vous n’avez pas.',
    ),
  }))
  await everywhere('/securite', 'securite-refusee')
  await pages.page().getByText('Rôle nécessaire').waitFor()
  assert.equal(
    await pages.page().getByRole('button', { name: 'Acte exceptionnel' }).count(),
    0,
    'no act is offered to whom the page refuses',
  )
  let items: Block[] = []
  const watched = [
    { says: 'Employeurs et collègues dont les coordonnées sont lues en une heure', threshold: '300' },
    { says: 'Documents exportés en une journée', threshold: '40' },
    {
      says: 'Deux usages plus éloignés que ne le permet un voyage : le relais de l’opérateur n’indique pas d’où viennent les demandes',
      threshold: null,
    },
  ]
  const grant = {
    id: '0193a000-0000-7000-80b1-000000000001',
    tool: 'campagnes' as const,
    profile: 'conseiller' as const,
    territory: { id: 2033, kind: 'departement' as const, code: '33', name: 'Gironde' },
    agency: null,
  }
  pages.service.reply(listBlocks, {}, () => ({ items, watched }))
  await everywhere('/securite', 'securite-rien')
  items = [
    block(1),
    block(2, {
      person: gilles,
      cause: 'exceptional',
      reason: 'Mot de passe retrouvé sur un site public.',
      incident: 'INC-2026-041',
      by: odile,
    }),
    block(5, {
      person: gilles,
      cause: 'exceptional',
      cuts: 'grant',
      grant,
      reason: 'Extractions anormales constatées sur un poste partagé.',
      incident: 'INC-2026-043',
      by: odile,
    }),
    block(3, {
      liftedAt: '2026-11-20T10:00:00Z',
      liftedBy: odile,
      verdict: 'Usage confirmé par téléphone.',
      allowed: [],
    }),
  ]
  await everywhere('/securite', 'securite')
  pages.service.reply(
    liftBlock,
    { blockId: block(1).id },
    {
      ...block(1, {
        liftedAt: '2026-11-25T10:00:00Z',
        liftedBy: odile,
        verdict: 'Usage confirmé par téléphone.',
        allowed: [],
      }),
      told: nobody,
    },
  )
  pages.service.reply(
    findPeople,
    {},
    {
      items: [
        {
          person: gilles,
          function: 'Chargé de mission',
          email: 'gilles.arnaudin@jalle-eau-bourde.example',
          status: 'active',
          organisation: jalle,
          grants: [grant],
          manages: true,
        },
      ],
      more: false,
    },
  )
  pages.service.reply(blockAccount, {}, { ...block(4), told: nobody, nobodyLeft: null })
  const page = await pages.open('/securite')
  await page.getByRole('button', { name: 'Lever le blocage de Maïté Harispe' }).press('Enter')
  await page.getByLabel(/^Constat/).fill('oui')
  await page.getByRole('button', { name: 'Lever le blocage', exact: true }).press('Enter')
  await page.getByText('Dix caractères au moins.').first().waitFor()
  await page.getByLabel(/^Constat/).fill('Usage confirmé par téléphone.')
  await page.getByRole('button', { name: 'Lever le blocage', exact: true }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByText('non surveillé').waitFor()
  await page.getByRole('button', { name: 'Acte exceptionnel' }).press('Enter')
  await page.getByLabel(/^Nom de la personne/).fill('arnaudin')
  await page
    .getByLabel(/^Compte/)
    .locator('option', { hasText: 'Gilles Arnaudin' })
    .waitFor({ state: 'attached' })
  await page.getByLabel(/^Compte/).selectOption({
    label: 'Gilles Arnaudin, Chargé de mission, gilles.arnaudin@jalle-eau-bourde.example, CC Jalle-Eau-Bourde',
  })
  await page.getByLabel(/^Ce qui est coupé/).selectOption({ label: 'La gestion des comptes (RGC)' })
  await page
    .getByLabel(/^Ce qui est coupé/)
    .selectOption({ label: 'Une habilitation : Campagnes coordonnées, profil conseiller, pour le département Gironde' })
  await page.getByLabel(/^Motif/).fill('Mot de passe retrouvé sur un site public.')
  await page.getByLabel(/^Référence/).fill('INC-2026-042')
  await pages.sound('securite-bloquer-1440')
  await page.getByRole('button', { name: 'Couper', exact: true }).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.deepEqual(pages.service.calls.findLast(c => c.method === 'POST' && c.path === '/api/security/blocks')!.body, {
    accountId: gilles.id,
    cuts: 'grant',
    grantId: grant.id,
    reason: 'Mot de passe retrouvé sur un site public.',
    incident: 'INC-2026-042',
  })
})

test('ACC-10, RGC-7: the page of a person says what the operator cut and why, what came back, and which grant opens nothing', async () => {
  pages.service.reply(getMe, {}, me())
  type Found = Reply<typeof getPerson>
  const held: Found['grants'][number] = {
    id: '0193a000-0000-7000-80b1-000000000001',
    tool: 'campagnes',
    profile: 'conseiller',
    territory: { id: 2033, kind: 'departement', code: '33', name: 'Gironde' },
    agency: null,
    reason: 'Prospection du territoire',
    purpose: 'prospection',
    duties: null,
    startsOn: '2026-03-01',
    endsOn: null,
    grantedAt: '2026-03-01T09:00:00Z',
    grantedBy: maite,
    beyondFunction: false,
    missing: ['block'],
  }
  const cut = (n: number, over: Partial<Found['blocks'][number]> = {}): Found['blocks'][number] => ({
    id: `0193a000-0000-7000-80b0-00000000000${n}`,
    cause: 'exceptional',
    cuts: 'grant',
    grant: { id: held.id, tool: held.tool, profile: held.profile, territory: held.territory, agency: null },
    reason: 'Extractions anormales constatées sur un poste partagé.',
    incident: 'INC-2026-043',
    blockedAt: '2026-11-25T09:12:00Z',
    by: null,
    liftedAt: null,
    liftedBy: null,
    verdict: null,
    ...over,
  })
  pages.service.reply(
    getPerson,
    { accountId: gilles.id },
    {
      id: gilles.id,
      givenName: 'Gilles',
      familyName: 'Arnaudin',
      function: 'Chargé de mission',
      status: 'active',
      attachment: 'agent',
      thirdParty: null,
      contractEndsOn: null,
      roles: ['rgc'],
      left: null,
      leaving: null,
      held: null,
      exceptional: [],
      standsIn: [],
      lastActAt: '2026-11-25T09:00:00Z',
      inactiveOn: null,
      anomalies: [],
      grants: [held],
      email: 'gilles.arnaudin@jalle-eau-bourde.example',
      createdAt: '2026-01-05T09:00:00Z',
      statusReason: null,
      version: 3,
      waits: false,
      past: [],
      proposed: [],
      allowed: [],
      decidedBy: 'Le signataire de votre structure, faute d’un autre RGC',
      blocks: [
        cut(1),
        cut(2, {
          cuts: 'rgc',
          grant: null,
          reason: 'Poste volé dans la nuit.',
          incident: 'INC-2026-040',
          blockedAt: '2026-10-02T07:30:00Z',
          liftedAt: '2026-10-03T08:00:00Z',
          verdict: 'Poste retrouvé, disque chiffré, mot de passe changé.',
        }),
        cut(3, {
          cause: 'suspect-use',
          cuts: 'account',
          grant: null,
          incident: null,
          reason: '31 demandes différentes refusées en une heure, faute de droit (seuil : 30).',
          blockedAt: '2026-09-02T07:30:00Z',
          liftedAt: '2026-09-02T09:00:00Z',
          verdict: 'Erreur de périmètre, corrigée.',
        }),
      ],
    },
  )
  await everywhere(`/habilitations/personnes/${gilles.id}`, 'personne-coupee')
  for (const words of [
    'Coupures par l’opérateur',
    'INC-2026-043',
    'Poste retrouvé, disque chiffré',
    'L’accès est bloqué le temps d’une vérification',
  ])
    await pages.page().getByText(words).first().waitFor()
})

test('AGR-13, RGC-10, UX-5: a regional direction enters a deed signed by hand: whose structure is not of its region is refused in words, then it is kept', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(
    findStructures,
    {},
    {
      items: [{ organisation: jalle, conventions: [deed().convention!], signatories: [gilles], inPlace: [] }],
      entered: [],
    },
  )
  const upload = receives('acte.pdf')
  pages.service.on('POST /rgc/paper-deeds', refusal(403, 'access/role-required', 'Rôle requis', 'Une autre région.'))
  const page = await pages.open('/responsables-de-comptes/acte-recu')
  await page.getByRole('navigation', { name: 'vous êtes ici' }).getByRole('link', { name: 'Conventions' }).waitFor()
  await page.getByLabel(/^Nom de la structure/).fill('jalle')
  await page.getByText('Aucun RGC n’est en fonction : aucun départ ni aucune absence n’est à saisir.').waitFor()
  await pages.soundAtEveryWidth('direction-acte-recu-structures')
  await page.getByRole('button', { name: `Saisir un acte reçu pour ${jalle.name}` }).press('Enter')
  for (const [label, value] of [
    ['Adresse de la structure', '2 place de la Jalle, 33650 La Brède'],
    ['Qualité du signataire', 'Vice-président'],
    ['Signé le', '2026-11-16'],
    ['Reçu le', '2026-11-19'],
    ['Prénom', 'Maïté'],
    ['Nom', 'Harispe'],
    ['Date de naissance', '1974-05-12'],
    ['Téléphone', '05 00 00 00 10'],
    ['Adresse électronique nominative', 'maite.harispe@jalle-eau-bourde.example'],
  ] as const)
    await page.getByLabel(new RegExp(`^${label}`)).fill(value)
  await page.getByLabel(/^Qui a signé pour la structure/).selectOption({ label: 'Gilles Arnaudin' })
  await page.getByLabel(/^Lien avec la structure/).selectOption('permanent')
  await page
    .getByLabel(/^Exemplaire signé/)
    .setInputFiles({ name: 'acte.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 essai %%EOF') })
  await page.getByText(/^Fichier joint : acte\.pdf/).waitFor()
  await page.getByLabel(/^Il porte les engagements de l’annexe 1 bis/).press('Space')
  await page.getByRole('button', { name: 'Enregistrer l’acte' }).press('Enter')
  await page.getByText('Une autre région.').first().waitFor()
  await pages.soundAtEveryWidth('direction-acte-recu')
  pages.service.reply(enterDeed, {}, { ...deed({ state: 'en-vigueur' }), told: { mails: 1, emptyRoles: [] } })
  await page.getByRole('button', { name: 'Enregistrer l’acte' }).press('Enter')
  await page.waitForURL('**/conventions')
  const { members, ...typed } = pages.service.calls.findLast(c => c.path === '/api/rgc/paper-deeds' && c.body)!.body
  assert.deepEqual(
    [typed.organisationId, typed.signatoryId, typed.receivedOn, typed.file, members.length],
    [jalle.id, gilles.id, '2026-11-19', upload.id, 1],
  )
})

test('AGR-13, RGC-6, UX-5: a regional direction enters a departure received on paper, reads it below, and takes back its mistake', async () => {
  pages.service.reply(getMe, {}, me())
  const line = (over: Partial<Overview['events'][number]> = {}): Overview['events'][number] => ({
    id: '0193a000-0000-7000-80f0-000000000009',
    person: maite,
    organisation: jalle,
    kind: 'depart',
    lastDay: '2026-12-31',
    absentFrom: null,
    backOn: null,
    knownOn: '2026-11-16',
    declareBy: '2026-11-24',
    late: false,
    rightsEndAt: '2026-12-31T23:00:00Z',
    declaredAt: '2026-11-25T10:00:00Z',
    receivedOn: '2026-11-19',
    signedOn: '2026-11-17',
    corrections: [],
    withdrawn: null,
    allowed: ['download', 'withdraw'],
    endsAccount: true,
    ...over,
  })
  let entered: Overview['events'] = []
  pages.service.reply(findStructures, {}, () => ({
    items: [
      {
        organisation: jalle,
        conventions: [deed().convention!],
        signatories: [gilles],
        inPlace: [maite, odile],
      },
    ],
    entered,
  }))
  const upload = receives('lettre.pdf')
  pages.service.on('POST /rgc/events', refusal(403, 'access/role-required', 'Rôle requis', 'Une autre région.'))
  const page = await pages.open('/responsables-de-comptes/acte-recu')
  await page.getByLabel(/^Nom de la structure/).fill('jalle')
  await page.getByRole('button', { name: `Saisir une déclaration reçue pour ${jalle.name}` }).press('Enter')
  const dialog = page.getByRole('dialog', { name: `Saisir la déclaration reçue de « ${jalle.name} »` })
  await dialog.getByLabel(/^Personne/).selectOption({ label: maite!.name })
  for (const [label, value] of [
    ['Signée ou envoyée le', '2026-11-17'],
    ['Reçue le', '2026-11-19'],
    ['Dernier jour dans la fonction', '2026-12-31'],
    ['Connu le', '2026-11-16'],
  ] as const)
    await dialog.getByLabel(new RegExp(`^${label}`)).fill(value)
  assert.equal(await dialog.getByText(/marquée en retard/).count(), 0, 'the day of receipt decides')
  await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await dialog
    .getByText(/lettre numérisée ou le courriel/)
    .first()
    .waitFor()
  await dialog
    .getByLabel(/^Lettre ou courriel reçu/)
    .setInputFiles({ name: 'lettre.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 essai %%EOF') })
  await dialog.getByText(/^Fichier joint : lettre\.pdf/).waitFor()
  await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await dialog.getByText('Une autre région.').first().waitFor()
  await pages.soundAtEveryWidth('direction-depart-recu')
  pages.service.reply(declareRgcEvent, {}, () => {
    entered = [line()]
    return { ...line(), told: nobody, nobodyLeft: null }
  })
  await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(pages.service.calls.findLast(c => c.path === '/api/rgc/events' && c.body)!.body, {
    accountId: maite!.id,
    kind: 'depart',
    lastDay: '2026-12-31',
    knownOn: '2026-11-16',
    signedOn: '2026-11-17',
    receivedOn: '2026-11-19',
    file: upload.id,
  })
  await page.getByLabel(/^Nom de la structure/).fill('')
  await page.getByRole('heading', { name: 'Départs et absences que vous avez saisis' }).waitFor()
  await page.getByText('saisi par l’opérateur le 25 novembre 2026').waitFor()
  await pages.soundAtEveryWidth('direction-departs-saisis')
  pages.service.reply(withdrawRgcEvent, { eventId: line().id }, () => {
    const withdrawn = { reason: 'Une autre personne', by: odile!, at: '2026-11-25T11:00:00Z' }
    entered = [line({ withdrawn, allowed: ['download'] })]
    return { ...entered[0]!, told: nobody, back: { role: true, account: false, grants: 1, waiting: 0 } }
  })
  await page.getByRole('button', { name: `Déclaré par erreur pour ${maite!.name}` }).press('Enter')
  const taking = page.getByRole('dialog', { name: /^Reprendre la déclaration/ })
  await taking.getByLabel(/^Motif/).fill('Une autre personne')
  await taking.getByRole('button', { name: 'Reprendre', exact: true }).press('Enter')
  await taking.waitFor({ state: 'hidden' })
  await page.getByText(/sans effet depuis le 25 novembre 2026/).waitFor()
})
