import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listConventions } from '../contract/agreement/conventions.ts'
import { listReviewsDue } from '../contract/people-and-rights/reviews.ts'
import type { Reply } from '../contract/route.ts'
import { confirmTotp, followInvitation, getMe, openEnrolment, startTotp } from '../contract/signing-in/identity.ts'
import { decideLink, getSignInHelp, giveEnrolmentCode, listFirstPeople } from '../contract/signing-in/sign-in-help.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

const everywhere = async (path: string, name: string, seen: string | RegExp) => {
  const page = await pages.open(path)
  await page.getByText(seen).first().waitFor()
  await pages.soundAtEveryWidth(name)
  return pages.page()
}
const broken = refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.')
const invitation = `POST ${followInvitation.path}`

test('UX-5: the public first page says in a picture why no employer is called five times, and whom to ask', async () => {
  pages.service.on('GET /me', refusal(401, 'session/required', 'Connexion nécessaire', 'Connectez-vous.'))
  const page = await everywhere('/connexion', 'connexion', 'Avec votre compte professionnel')
  await page.getByRole('heading', { name: 'Pourquoi aucun employeur n’est appelé cinq fois' }).waitFor()
  const picture = page.getByRole('img', { name: /^Cinq structures .* un seul appel/ })
  const box = (await picture.boundingBox())!
  assert.ok(box.width > 200 && box.height > 70, 'the picture is drawn')
  assert.deepEqual(await page.locator('.cc-one-call figcaption li').count(), 3)
  for (const asks of ['Pas encore de compte', 'Votre structure n’est pas encore là', 'Vous êtes un employeur'])
    await page.getByText(asks).waitFor()
  await page.getByRole('link', { name: 'vos données' }).press('Enter')
  await page.getByRole('heading', { name: /^Données personnelles/, level: 1 }).waitFor()
})

test('IDN-1, UX-5: the page of an invitation, good, over, cut short, and without an answer', async () => {
  pages.service.on('GET /me', refusal(401, 'session/required', 'Connexion nécessaire', 'Connectez-vous.'))
  const token = 'a'.repeat(43)
  pages.service.on(invitation, { body: { open: true } })
  const page = await everywhere(`/connexion/invitation#${token}`, 'invitation', 'Avec votre compte professionnel')
  assert.equal(new URL(page.url()).hash, '', 'the token leaves the address once read')
  assert.equal(await page.getByText('Ce lien ne sert plus').count(), 0)
  pages.service.on(invitation, { body: { open: false } })
  await everywhere(`/connexion/invitation#${token}`, 'invitation-ancienne', 'Ce lien ne sert plus')
  await everywhere('/connexion/invitation', 'invitation-coupee', 'Ce lien ne sert plus')
  pages.service.on(invitation, broken)
  await everywhere(`/connexion/invitation#${token}`, 'invitation-erreur', 'Erreur du service')
})

test('ACC-16, UX-5: who comes under another employer reads why they stay out, and whom to ask', async () => {
  pages.service.on('GET /me', refusal(401, 'session/required', 'Connexion nécessaire', 'Connectez-vous.'))
  const page = await everywhere('/connexion/erreur?code=employer-changed', 'autre-employeur', 'Autre employeur')
  await page.getByText('dira si vous travaillez toujours pour elle').waitFor()
})

test('IDN-2, UX-5: the code handed over by voice: malformed, wrong, lapsed, right', async () => {
  let open = false
  const mine = me()
  pages.service.reply(getMe, {}, () => ({
    ...mine,
    session: { ...mine.session, state: open ? ('active' as const) : ('second-factor-required' as const) },
    factors: { ...mine.factors, enrolled: [], enrolmentOpen: open },
  }))
  const page = await everywhere('/mon-compte', 'code-du-rgc', 'Saisissez le code qui vous est remis')
  const send = async (code: string) => {
    await page.getByLabel('Code remis de vive voix').fill(code)
    await page.keyboard.press('Enter')
  }
  await send('1234')
  await page.getByText('le code a huit chiffres').first().waitFor()
  await pages.sound('code-du-rgc-mal-forme')
  pages.service.on(
    'POST /second-factor/open',
    refusal(422, 'second-factor/code-refused', 'Code refusé', 'Ce n’est pas le code remis par votre RGC.'),
  )
  await send('1234 5678')
  await page.getByText('Ce n’est pas le code remis par votre RGC.').waitFor()
  await pages.sound('code-du-rgc-refuse')
  pages.service.reply(openEnrolment, {}, () => {
    open = true
    return { opened: true }
  })
  await send('8765 4321')
  await page.getByText('Code remis de vive voix').waitFor({ state: 'detached' })
})

test('IDN-2, UX-5: once the recovery codes are kept, an answer that does not come is said, and one goes on from there', async () => {
  let answer: 'required' | 'broken' | 'active' = 'required'
  const mine = me()
  pages.service.on('GET /me', () =>
    answer === 'broken'
      ? broken
      : {
          body: {
            ...mine,
            session: { ...mine.session, state: answer === 'active' ? 'active' : 'second-factor-required' },
            factors: { ...mine.factors, enrolled: [], enrolmentOpen: true },
          },
        },
  )
  pages.service.reply(
    startTotp,
    {},
    { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/essai?secret=JBSWY3DPEHPK3PXP' },
  )
  pages.service.reply(confirmTotp, {}, () => {
    answer = 'broken'
    return { state: 'active' as const, recoveryCodes: ['ABCD-EFGH-JKLM'] }
  })
  const page = await pages.open('/mon-compte')
  await page.getByRole('tab', { name: 'Application de codes' }).click()
  await page.getByLabel(/^Code à six chiffres/).fill('123456')
  await page.keyboard.press('Enter')
  await page.getByText('ABCD-EFGH-JKLM').waitFor()
  const kept = page.getByRole('button', { name: /J’ai gardé mes codes/ })
  await kept.click()
  await page.getByText('Une erreur inattendue s’est produite.').waitFor({ timeout: 240_000 })
  await pages.sound('codes-gardes-erreur')
  answer = 'active'
  await kept.click()
  await page.getByRole('heading', { level: 1, name: 'Mon compte' }).waitFor()
})

const person = '0193a000-0000-7000-80a0-0000000000a1'
const link = {
  id: '0193a000-0000-7000-80d2-000000000001',
  name: 'Camille Etcheverry',
  email: 'camille.etcheverry@jalle-eau-bourde.example',
  siret: '24330116500011',
  provider: 'b6048e95-bb13-48a1-8a0b-000000000000',
  reason: 'unknown-provider' as const,
  askedAt: '2026-11-26T09:00:00Z',
}
const help = (over: Partial<Reply<typeof getSignInHelp>> = {}): Reply<typeof getSignInHelp> => ({
  name: 'Camille Etcheverry',
  organisationName: organisations.jalle.name,
  own: false,
  secondFactors: 0,
  hasPassword: false,
  waiting: [],
  reasonNeeded: false,
  allowed: ['give-enrolment-code'],
  ...over,
})

test('ACC-16, IDN-1, IDN-6, UX-5: who helps someone in: a link that waits is confirmed or was already decided, a code is shown once; nobody else sees the page', async () => {
  pages.service.reply(getMe, {}, { ...me(), roles: ['rgc'] })
  pages.service.reply(
    getSignInHelp,
    { accountId: person },
    help({
      waiting: [
        link,
        {
          ...link,
          id: '0193a000-0000-7000-80d2-000000000002',
          reason: 'other-organisation',
          siret: null,
          provider: '',
        },
        {
          ...link,
          id: '0193a000-0000-7000-80d2-000000000003',
          reason: 'employer-changed',
          siret: '90023456800013',
        },
      ],
      allowed: ['give-enrolment-code', 'decide-link'],
    }),
  )
  let page = await everywhere(
    `/personnes/${person}/connexion`,
    'rattachement',
    'Connexion à confirmer : Camille Etcheverry',
  )
  await page.getByText('Cette personne venait sous un autre employeur.').waitFor()
  pages.service.on(
    `POST /accounts/${person}/links/${link.id}/decide`,
    refusal(409, 'recovery/link-decided', 'Déjà décidé', 'Quelqu’un a déjà répondu à cette demande.'),
  )
  await page.getByRole('button', { name: 'Confirmer' }).first().press('Enter')
  await page.getByText('Quelqu’un a déjà répondu à cette demande.').waitFor()
  await pages.sound('rattachement-deja-decide')
  pages.service.reply(decideLink, { accountId: person, linkId: link.id }, () => {
    pages.service.reply(getSignInHelp, { accountId: person }, help())
    return { decision: 'confirmed' as const }
  })
  await page.getByRole('button', { name: 'Confirmer' }).first().press('Enter')
  await page.getByText('Connexion à confirmer').first().waitFor({ state: 'detached' })
  pages.service.reply(giveEnrolmentCode, { accountId: person }, { code: '1234 5678', endsAt: '2026-11-28T09:00:00Z' })
  await page.getByRole('button', { name: 'Remettre un code pour le second facteur' }).press('Enter')
  await page.getByText('1234 5678').waitFor()
  await pages.sound('code-a-remettre')
  pages.service.on(
    `GET /accounts/${person}/sign-in`,
    refusal(404, 'not-found', 'Introuvable', 'Cette page ou cette fiche n’existe pas, ou ne vous est pas ouverte.'),
  )
  page = await everywhere(`/personnes/${person}/connexion`, 'aide-refusee', 'Introuvable')
  assert.equal(await page.getByRole('button', { name: /Réinitialiser|Remettre|Envoyer/ }).count(), 0)
})

test('ACC-16, IDN-6, POR-5: the regional direction finds on its first page who waits, confirms the link and hands the code, each with a reason; the list says where they stand', async () => {
  const mine = me()
  pages.service.reply(
    getMe,
    {},
    {
      ...mine,
      organisation: { ...mine.organisation, kind: 'operateur' },
      rights: [],
      roles: ['direction-regionale'],
    },
  )
  pages.service.reply(listReviewsDue, {}, { items: [], next: null })
  pages.service.reply(
    listConventions,
    {},
    {
      items: [],
      next: null,
      regions: [],
      draftIn: [],
      counts: { all: 0, contacts: 0, rgc: 0, territories: 0, duties: 0, convention: 0, amendment: 0, receipt: 0 },
    },
  )
  const signatory = {
    id: person,
    name: 'Camille Etcheverry',
    organisation: { id: organisations.jalle.id, name: organisations.jalle.name },
    first: ['signatory' as const],
    waiting: true,
    came: false,
  }
  const other = {
    ...signatory,
    id: '0193a000-0000-7000-80a0-0000000000a2',
    name: 'Dominique Lartigue',
    first: ['signatory' as const, 'named' as const],
    waiting: false,
    came: true,
  }
  pages.service.reply(listFirstPeople, {}, ({ search }) => ({
    items: search.has('waiting') ? [signatory] : [signatory, other],
  }))
  const asked: unknown[] = []
  pages.service.reply(
    getSignInHelp,
    { accountId: person },
    help({ waiting: [link], reasonNeeded: true, allowed: ['give-enrolment-code', 'decide-link'] }),
  )
  pages.service.reply(decideLink, { accountId: person, linkId: link.id }, ({ body }) => {
    asked.push(body)
    pages.service.reply(getSignInHelp, { accountId: person }, help({ reasonNeeded: true }))
    return { decision: 'confirmed' as const }
  })
  pages.service.reply(giveEnrolmentCode, { accountId: person }, ({ body }) => {
    asked.push(body)
    return { code: '1234 5678', endsAt: '2026-11-28T09:00:00Z' }
  })
  let page = await everywhere('/premieres-connexions', 'premieres-connexions', 'Premières connexions')
  assert.match(await page.getByRole('navigation', { name: /vous êtes ici/i }).innerText(), /Conventions|Sécurité/)
  const rows = (await page.locator('tbody tr').allInnerTexts()).map(text => text.replaceAll(/\s+/g, ' ').trim())
  assert.match(rows[0]!, /Camille Etcheverry .* signataire à confirmer/i)
  assert.match(rows[1]!, /Dominique Lartigue .* signataire ; RGC, selon un acte d’engagement déjà venue/)
  page = await pages.open('/')
  await page
    .getByText('à confirmer dans une structure sans responsable de gestion de comptes (RGC) en fonction')
    .waitFor()
  await page.getByRole('link', { name: '1 connexion' }).press('Enter')
  await page.getByText('n’a pas de responsable de gestion de comptes (RGC) en fonction').waitFor()
  await pages.soundAtEveryWidth('premiere-personne')
  await page.getByRole('button', { name: /^Confirmer/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Confirmer la connexion' }).press('Enter')
  assert.deepEqual(asked, [], 'without a reason nothing is sent')
  await dialog.getByLabel('Motif').fill('Rappelée au standard de sa structure')
  await pages.sound('premiere-personne-motif')
  await dialog.getByRole('button', { name: 'Confirmer la connexion' }).press('Enter')
  await page.getByText('Connexion à confirmer').first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Remettre un code pour le second facteur' }).press('Enter')
  await page.getByRole('dialog').getByLabel('Motif').fill('Identité vérifiée par téléphone')
  await page.getByRole('dialog').getByRole('button', { name: 'Obtenir le code' }).press('Enter')
  await page.getByText('1234 5678').waitFor()
  assert.deepEqual(asked, [
    { decision: 'confirmed', reason: 'Rappelée au standard de sa structure' },
    { reason: 'Identité vérifiée par téléphone' },
  ])
})
