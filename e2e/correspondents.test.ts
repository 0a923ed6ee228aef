import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import {
  addCorrespondent,
  chooseCorrespondentValue,
  confirmCorrespondent,
  correctCorrespondent,
  liftObjection,
  linkCorrespondent,
  listCorrespondents,
  listCorrespondentsBeside,
  mergeCorrespondents,
  objectCorrespondent,
  readCorrespondentHistory,
  retireCorrespondent,
  returnCorrespondent,
  setCorrespondentValueAside,
  tellCorrespondentsApart,
  unlinkCorrespondent,
  unmergeCorrespondents,
} from '../contract/work-with-employers/correspondents.ts'
import { recordExchange } from '../contract/work-with-employers/exchanges.ts'
import { parisDay, systemClock } from '../server/platform/time.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  correspondent,
  correspondents,
  exchange,
  id,
  leavePage,
  line,
  open,
  openService,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
afterEach(() => leavePage(service))
const { siret } = line()
const params = { correspondentId: id('70') }
const sent = (method: string, path: RegExp) => service.calls.filter(c => c.method === method && path.test(c.path))
const lastBody = (method: string, path: RegExp) => sent(method, path).at(-1)!

const openCard = async (width: 320 | 768 | 1440 = 1440): Promise<{ page: Page; anne: Locator }> => {
  answerCard(service)
  const page = await open(service, `/etablissements/${siret}`, width)
  const anne = page.locator('.cc-person', { hasText: 'Pons' })
  await anne.waitFor()
  return { page, anne }
}
const toast = (page: Page, words: string) => page.locator('.cc-toast', { hasText: words })

describe('correspondents on the card', () => {
  test('EST-5: added in one dialog, the phone as one types it; told of someone likely known, and taken or added all the same', async () => {
    const { page } = await openCard()
    service.on(
      `POST /establishments/${siret}/correspondents`,
      refusal(409, 'correspondent/likely-known', 'Interlocuteur sans doute déjà connu', 'Déjà connu.', {
        facts: { alike: [id('70')] },
      }),
    )
    await page.getByRole('button', { name: 'Ajouter un interlocuteur' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
    await dialog.getByLabel('Nom', { exact: false }).nth(1).waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-ajouter', { full: false })
    await dialog.locator('[name=familyName]').fill('Ponce')
    await dialog.locator('[name=phone]').fill('05 56 12 34 56')
    await dialog.locator('[name=informedHow]').selectOption('oral')
    await dialog.getByRole('button', { name: 'Ajouter l’interlocuteur' }).click()
    await dialog.getByText('Est-ce la même personne ?').waitFor()
    await dialog.getByText('Pons, Gérante, 05 56 00 00 00').waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-doublon', { full: false })
    await dialog.getByRole('button', { name: 'C’est une autre personne' }).click()
    service.reply(addCorrespondent, { siret }, correspondent({ id: id('79') }))
    await dialog.getByRole('button', { name: 'Ajouter l’interlocuteur' }).click()
    await toast(page, 'Interlocuteur ajouté').waitFor()
    const { body } = lastBody('POST', /\/correspondents$/)
    assert.deepEqual([body.values, body.despite], [{ familyName: 'Ponce', phone: '05 56 12 34 56' }, [id('70')]])
    assert.equal(body.informed.how, 'oral')
  })

  test('EST-5: confirmed in one press; the phone dials and the e-mail is written to', async () => {
    const { page, anne } = await openCard()
    service.reply(confirmCorrespondent, params, correspondent({ version: 2 }))
    await anne.getByRole('button', { name: 'Toujours juste : Pons' }).click()
    await toast(page, 'Toujours juste : Pons.').waitFor()
    assert.equal(lastBody('PUT', /\/confirmation$/).headers['if-match'], '"1"')
    assert.equal(
      await anne.getByRole('link', { name: 'Appeler Pons au 05 56 00 00 00' }).getAttribute('href'),
      'tel:+33556000000',
    )
    assert.equal(
      await anne.getByRole('link', { name: /^Écrire à Pons/ }).getAttribute('href'),
      'mailto:contact@garonne-bois.example',
    )
    await soundAtEveryWidth(page, 'interlocuteurs-fiche')
  })

  test('EST-6: a value that is only proposed is set aside or retained in one press; only the fields changed are sent, and another’s change is told', async () => {
    const { page, anne } = await openCard()
    await anne.getByText(/^Proposé par la CC Jalle-Eau-Bourde, 2 octobre 2026/).waitFor()
    assert.equal(await anne.getByRole('button', { name: /^(Retenir|Écarter) 05 56/ }).count(), 0, 'what stands is kept')
    assert.equal(await anne.getByRole('link', { name: /^Appeler/ }).count(), 1)
    service.reply(setCorrespondentValueAside, params, correspondent({ version: 2 }))
    await anne.getByRole('button', { name: 'Écarter 06 00 00 00 00' }).click()
    await toast(page, 'Valeur écartée : 06 00 00 00 00.').waitFor()
    assert.deepEqual(lastBody('PUT', /\/set-aside$/).body, { valueId: id('76') })
    service.reply(chooseCorrespondentValue, params, correspondent({ version: 2 }))
    await anne.getByRole('button', { name: 'Retenir 06 00 00 00 00' }).click()
    await toast(page, 'Valeur retenue : 06 00 00 00 00.').waitFor()
    assert.deepEqual(lastBody('PUT', /\/choice$/).body, { valueId: id('76') })
    service.on(
      `PUT /correspondents/${id('70')}`,
      refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Modifié.', {
        current: correspondent({ version: 4 }),
      }),
    )
    await anne.getByRole('button', { name: 'Corriger : Pons' }).click()
    const dialog = page.getByRole('dialog', { name: 'Corriger : Pons' })
    await dialog.locator('[name=role]').fill('Directrice')
    await dialog.locator('[name=email]').fill('')
    await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click()
    await dialog.getByText('Un autre partenaire a modifié cette personne').waitFor()
    await sound(page, 'interlocuteur-conflit', { full: false })
    await dialog.getByRole('button', { name: 'Garder ma saisie' }).click()
    service.reply(correctCorrespondent, params, correspondent({ version: 5 }))
    await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click()
    await toast(page, 'Interlocuteur corrigé.').waitFor()
    const { body, headers } = lastBody('PUT', new RegExp(`/correspondents/${id('70')}$`))
    assert.deepEqual(
      [body, headers['if-match']],
      [{ values: { role: 'Directrice', email: null }, observedOn: parisDay(systemClock()) }, '"4"'],
    )
  })

  test('EST-5: retired with a reason and undone in one press; who may not keep sees no act', async () => {
    const { page, anne } = await openCard(320)
    service.reply(retireCorrespondent, params, correspondent({ retired: true, version: 2, allowed: ['return'] }))
    service.reply(returnCorrespondent, params, correspondent({ version: 3 }))
    await anne.getByRole('button', { name: 'Retirer : Pons' }).click()
    const dialog = page.getByRole('dialog', { name: 'Retirer : Pons' })
    await dialog.getByRole('button', { name: 'Retirer l’interlocuteur' }).click()
    await dialog.getByText('Une réponse est à corriger').waitFor()
    await dialog.getByLabel('A quitté l’entreprise').check()
    await sound(page, 'interlocuteur-retirer-320', { full: false })
    await dialog.getByRole('button', { name: 'Retirer l’interlocuteur' }).click()
    await toast(page, 'Interlocuteur retiré : Pons.')
      .getByRole('button', { name: /Annuler/ })
      .click()
    await page.locator('[role=status]', { hasText: 'De nouveau en place : Pons.' }).waitFor({ state: 'attached' })
    assert.deepEqual(
      [lastBody('PUT', /\/retirement$/).body, lastBody('PUT', /\/return$/).headers['if-match']],
      [{ reason: 'parti' }, '"2"'],
    )
    service.reply(
      listCorrespondents,
      { siret },
      { items: correspondents.map(one => ({ ...one, allowed: [] })), next: null, mayAdd: false, alike: [] },
    )
    await page.reload()
    await page.locator('.cc-person', { hasText: 'Pons' }).waitFor()
    assert.equal(await page.locator('.cc-person__acts').count(), 0)
    assert.equal(await page.getByRole('button', { name: /Retenir|Ajouter un interlocuteur/ }).count(), 0)
  })
})

describe('what was said of a person', () => {
  test('EST-6: the history of each value opens from the card: who said it, when it left', async () => {
    const { page, anne } = await openCard()
    const role = correspondent().values.find(v => v.field === 'role')!
    service.reply(
      readCorrespondentHistory,
      { siret, correspondentId: id('70') },
      {
        values: [
          { ...role, replacedAt: null },
          { ...role, id: id('91'), value: 'Comptable', replacedAt: '2026-11-02T10:00:00.000Z' },
        ],
      },
    )
    await anne.getByRole('button', { name: 'Historique : Pons' }).click()
    const dialog = page.getByRole('dialog', { name: 'Historique : Pons' })
    await dialog.getByText('Comptable').waitFor()
    await dialog.getByText('écarté le 2 novembre 2026').waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-historique', { full: false })
  })
})

describe('two cards of one person', () => {
  const merge = {
    id: id('90'),
    name: 'Annie Ponce',
    at: '2026-11-27T10:00:00.000Z',
    organisationName: 'CC des Essais',
    until: '2026-12-27T10:00:00.000Z',
  }
  const double = correspondent({
    id: id('78'),
    version: 3,
    values: correspondent().values.flatMap((v, at) =>
      v.field === 'familyName'
        ? [{ ...v, id: id(`8${at}`), value: 'Ponce' }]
        : v.field === 'role'
          ? [{ ...v, id: id(`8${at}`), value: 'Directrice' }]
          : v.field === 'email'
            ? [{ ...v, id: id(`8${at}`), value: 'a.ponce@garonne-bois.example' }]
            : [],
    ),
  })
  const withPair = (alike = [{ one: id('70'), other: id('78') }]) =>
    service.reply(
      listCorrespondents,
      { siret },
      { items: [...correspondents, double], next: null, mayAdd: true, alike },
    )
  const openPair = async (width: 320 | 768 | 1440 = 1440) => {
    answerCard(service)
    withPair()
    const page = await open(service, `/etablissements/${siret}`, width)
    await page.getByText('Sans doute une seule personne').waitFor()
    return page
  }

  test('EST-5: a likely duplicate is proposed, compared side by side and merged; one press undoes it', async () => {
    const page = await openPair()
    await soundAtEveryWidth(page, 'interlocuteurs-doublon-propose')
    await page.getByRole('button', { name: /^Comparer et fusionner/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Fusionner avec Pons' })
    await dialog.getByText('Repris tel quel').waitFor()
    await soundAtEveryWidth(page, 'interlocuteurs-fusion', { full: false })
    await dialog.getByLabel(/Directrice/).check()
    const merged = correspondent({ version: 2, merged: [merge], allowed: ['correct', 'confirm', 'merge', 'unmerge'] })
    service.reply(mergeCorrespondents, params, merged)
    service.reply(unmergeCorrespondents, params, correspondent({ version: 3 }))
    service.reply(listCorrespondents, { siret }, { items: [merged], next: null, mayAdd: true, alike: [] })
    await dialog.getByRole('button', { name: 'Fusionner les deux fiches' }).click()
    await toast(page, 'Fiches fusionnées : Pons.').waitFor()
    const { body, headers } = lastBody('PUT', /\/merge$/)
    const kept = correspondent().values.find(v => v.field === 'familyName')!.id
    const chosen = double.values.find(v => v.field === 'role')!.id
    assert.deepEqual(
      [body, headers['if-match']],
      [{ absorbedId: id('78'), absorbedVersion: 3, retained: [kept, chosen] }, '"1"'],
    )
    await page.getByText('Réunit la fiche « Annie Ponce », fusionnée le 27 novembre 2026').waitFor()
    await soundAtEveryWidth(page, 'interlocuteurs-fusionnes')
    withPair([])
    await page.getByRole('button', { name: /^Défaire la fusion avec Annie Ponce/ }).click()
    await toast(page, 'Fusion défaite').waitFor()
    assert.deepEqual(lastBody('PUT', /\/undoing$/).body, { mergeId: id('90') })
    await page.locator('.cc-person', { hasText: 'Ponce' }).waitFor()
  })

  test('EST-5: two who look alike are said to be two people, in one press', async () => {
    const page = await openPair(320)
    service.reply(tellCorrespondentsApart, params, correspondent({ version: 2 }))
    withPair([])
    await page.getByRole('button', { name: /^Ce sont deux personnes/ }).click()
    await toast(page, 'Noté : ce sont deux personnes.').waitFor()
    assert.deepEqual(lastBody('PUT', /\/apart$/).body, { otherId: id('78') })
    await page.getByText('Sans doute une seule personne').waitFor({ state: 'detached' })
  })

  test('EST-5: any two cards are merged by hand; one that changed meanwhile is told', async () => {
    const page = await openPair()
    await page.getByRole('button', { name: 'Fusionner : Pons', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Fusionner avec Pons' })
    await dialog.getByLabel(/L’autre fiche/).selectOption({ label: 'Marsan' })
    service.on(
      `PUT /correspondents/${id('70')}/merge`,
      refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Modifié.', { current: correspondent() }),
    )
    await dialog.getByRole('button', { name: 'Fusionner les deux fiches' }).click()
    await dialog.getByText('Une des fiches a changé depuis').waitFor()
    await sound(page, 'interlocuteurs-fusion-changee', { full: false })
  })
})

describe('a person who objects', () => {
  test('EST-5, PRI-2: an objection is noted from the card, erases, and is lifted with a reason', async () => {
    const { page, anne } = await openCard()
    const objected = correspondent({
      values: [],
      version: 2,
      objected: { on: '2026-11-26', how: 'oral', organisationName: 'CC des Essais' },
      allowed: ['lift'],
    })
    await anne.getByRole('button', { name: 'Retirer : Pons' }).click()
    await page.getByRole('button', { name: 'Noter son opposition' }).click()
    const dialog = page.getByRole('dialog', { name: 'Noter l’opposition : Pons' })
    await dialog.getByText('sans retour possible').waitFor()
    await soundAtEveryWidth(page, 'opposition-noter', { full: false })
    await dialog.getByLabel('de vive voix').check()
    service.reply(objectCorrespondent, params, objected)
    service.reply(listCorrespondents, { siret }, { items: [objected], next: null, mayAdd: true, alike: [] })
    await dialog.getByRole('button', { name: 'Effacer et noter l’opposition' }).click()
    await toast(page, 'Opposition notée').waitFor()
    const { body, headers } = lastBody('PUT', /\/objection$/)
    assert.deepEqual([body.how, headers['if-match']], ['oral', '"1"'])
    await page.getByText('S’est opposée à la conservation de ses données, de vive voix, le 26 novembre 2026').waitFor()
    await soundAtEveryWidth(page, 'opposition-fiche')
    await page.getByRole('button', { name: /^Lever l’opposition/ }).click()
    const lifting = page.getByRole('dialog', { name: 'Lever l’opposition' })
    await lifting.getByLabel('Motif').fill('Elle a changé d’avis')
    await sound(page, 'opposition-lever', { full: false })
    service.reply(liftObjection, params, correspondent({ values: [], version: 3 }))
    service.reply(listCorrespondents, { siret }, { items: [], next: null, mayAdd: true, alike: [] })
    await lifting.getByRole('button', { name: 'Lever l’opposition' }).click()
    await toast(page, 'Opposition levée.').waitFor()
    assert.deepEqual(lastBody('PUT', /\/lifting$/).body, { reason: 'Elle a changé d’avis' })
  })
})

const next = { siret: '52380000000024', name: 'Garonne Bois Cestas', town: 'CESTAS', mayUnlink: false }
const here = { siret, name: 'Garonne Bois', town: 'LÉOGNAN', mayUnlink: true }
/** Noted first at the shop next door. */
const linked = (over: Partial<ReturnType<typeof correspondent>> = {}) =>
  correspondent({ siret: next.siret, places: [next, here], ...over })
const atBoth = { siret, correspondentId: id('70') }
const besides = {
  items: [{ id: id('70'), version: 4, name: 'Anne Castaing', role: 'Directrice', place: next }],
}

const besidePath = `/establishments/${siret}/correspondents-beside`

describe('a person who answers for several establishments', () => {
  test('EST-5: the card says which others; one is parted from this one with a reason, and put back in one press', async () => {
    answerCard(service)
    service.reply(listCorrespondents, { siret }, { items: [linked()], next: null, mayAdd: true, alike: [] })
    const page = await open(service, `/etablissements/${siret}`)
    await page.getByText('Répond aussi pour').waitFor()
    const link = page.getByRole('link', { name: 'Garonne Bois Cestas (Cestas)' })
    assert.equal(await link.getAttribute('href'), `/etablissements/${next.siret}`)
    assert.equal(await page.getByRole('button', { name: 'Retirer : Pons' }).count(), 0, 'they stay where first noted')
    await soundAtEveryWidth(page, 'interlocuteur-relie')
    await page.getByRole('button', { name: 'Délier : Pons' }).click()
    const dialog = page.getByRole('dialog', { name: 'Délier : Pons' })
    await dialog.getByText('Elle reste interlocutrice des autres').waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-delier', { full: false })
    await dialog.getByLabel('A changé de poste').check()
    const parted = linked({ places: [next], version: 2 })
    service.reply(unlinkCorrespondent, atBoth, { correspondent: parted })
    service.reply(linkCorrespondent, atBoth, linked({ version: 3 }))
    service.reply(listCorrespondents, { siret }, { items: [], next: null, mayAdd: true, alike: [] })
    await dialog.getByRole('button', { name: 'Délier de cet établissement' }).click()
    await toast(page, 'Interlocuteur délié : Pons.').waitFor()
    const { body, headers } = lastBody('PUT', /\/unlinking$/)
    assert.deepEqual([body, headers['if-match']], [{ reason: 'autre-poste' }, '"1"'])
    await toast(page, 'Interlocuteur délié').getByRole('button', { name: 'Annuler' }).click()
    await toast(page, 'De nouveau reliée : Pons.').waitFor()
    assert.equal(lastBody('PUT', /\/link$/).headers['if-match'], '"2"')
  })

  test('EST-5: parted from the last place where they were, a person is not offered to be put back', async () => {
    answerCard(service)
    service.reply(listCorrespondents, { siret }, { items: [linked()], next: null, mayAdd: true, alike: [] })
    const page = await open(service, `/etablissements/${siret}`)
    await page.getByRole('button', { name: 'Délier : Pons' }).click()
    const dialog = page.getByRole('dialog', { name: 'Délier : Pons' })
    await dialog.getByLabel('A changé de poste').check()
    const gone = linked({ places: [], retired: true, allowed: ['return'], version: 2 })
    service.reply(unlinkCorrespondent, atBoth, { correspondent: gone })
    await dialog.getByRole('button', { name: 'Délier de cet établissement' }).click()
    await toast(page, 'Interlocuteur délié : Pons.').waitFor()
    assert.equal(await toast(page, 'Interlocuteur délié').getByRole('button', { name: 'Annuler' }).count(), 0)
  })

  test('EST-5: whoever adds is shown those of the other establishments first, and links one in one press', async () => {
    const { page } = await openCard()
    service.reply(listCorrespondentsBeside, { siret }, besides)
    service.reply(linkCorrespondent, atBoth, linked({ version: 5 }))
    await page.getByRole('button', { name: 'Ajouter un interlocuteur' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
    await dialog.getByText('Anne Castaing, Directrice : Garonne Bois Cestas (Cestas)').waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-relier', { full: false })
    await dialog.getByRole('button', { name: 'Relier à cet établissement : Anne Castaing' }).click()
    await toast(page, 'Interlocuteur relié : Pons.').waitFor()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(lastBody('PUT', /\/link$/).headers['if-match'], '"4"')
  })

  test('EST-5: of many next door, one is found by name with the keyboard alone; nobody of that name, and a failure, are said', async () => {
    const { page } = await openCard()
    const many = Array.from({ length: 7 }, (_, n) => ({ ...besides.items[0]!, id: id(`7${n}`), name: `Anne ${n}` }))
    service.on(`POST ${besidePath}`, ({ body }: any) => ({ body: { items: body.named ? [] : many } }))
    await page.getByRole('button', { name: 'Ajouter un interlocuteur' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
    const search = dialog.getByLabel('Chercher par nom')
    await search.fill('zola')
    await search.press('Enter')
    await dialog.getByText('Personne de ce nom parmi les interlocuteurs que vous pouvez relier').waitFor()
    assert.deepEqual(lastBody('POST', /\/correspondents-beside$/).body, { named: 'zola' })
    await soundAtEveryWidth(page, 'interlocuteur-relier-cherche', { full: false })
    service.on(
      `POST ${besidePath}`,
      refusal(403, 'access/no-grant', 'Non ouvert', 'Cet outil ne vous est plus ouvert.'),
    )
    await search.fill('castaing')
    await search.press('Enter')
    await dialog.getByText('Cet outil ne vous est plus ouvert.').waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-relier-erreur', { full: false })
  })

  test('EST-5: linking that is refused says why, and the one next door stays proposed', async () => {
    const { page } = await openCard()
    service.reply(listCorrespondentsBeside, { siret }, besides)
    service.on(
      `PUT /establishments/${siret}/correspondents/${id('70')}/link`,
      refusal(
        409,
        'correspondent/too-many-establishments',
        'Trop d’établissements',
        'Une personne répond pour cinquante établissements au plus.',
      ),
    )
    await page.getByRole('button', { name: 'Ajouter un interlocuteur' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
    await dialog.getByRole('button', { name: 'Relier à cet établissement : Anne Castaing' }).click()
    await dialog.getByText('Une personne répond pour cinquante établissements au plus.').waitFor()
    await soundAtEveryWidth(page, 'interlocuteur-relier-refuse', { full: false })
  })

  test('EST-5: in an exchange, the one next door is linked and chosen in one gesture', async () => {
    const { page } = await openCard()
    service.reply(listCorrespondentsBeside, { siret }, besides)
    const anne = linked({
      version: 5,
      values: correspondent()
        .values.slice(1, 3)
        .map((v, at) => ({ ...v, value: ['Castaing', 'Directrice'][at]! })),
    })
    service.reply(linkCorrespondent, atBoth, anne)
    const read = sent('POST', /\/correspondents-beside$/).length
    await page.getByRole('button', { name: 'Enregistrer un échange' }).click()
    const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
    await panel.getByLabel('Personne rencontrée').fill('Mm')
    await panel.getByText('« Mm » n’est pas parmi les interlocuteurs.').waitFor()
    assert.equal(sent('POST', /\/correspondents-beside$/).length, read, 'nobody is read before somebody is named')
    await panel.getByLabel('Personne rencontrée').fill('Mme Castaing')
    const link = panel.getByRole('button', {
      name: 'Relier Anne Castaing, Directrice, de Garonne Bois Cestas (Cestas)',
    })
    await link.waitFor()
    await soundAtEveryWidth(page, 'echange-relier', { full: false })
    service.reply(listCorrespondents, { siret }, { items: [anne], next: null, mayAdd: true, alike: [] })
    await link.click()
    await panel.getByText('Rencontre reliée à la fiche : Castaing, Directrice.').waitFor()
    assert.equal(await panel.getByLabel('Personne rencontrée').inputValue(), 'Castaing, Directrice')
  })
})

describe('the person met, in the exchange', () => {
  test('EST-5: whom one met is made a correspondent without leaving the exchange: what was typed is cut into its fields', async () => {
    const { page } = await openCard()
    await page.getByRole('button', { name: 'Enregistrer un échange' }).click()
    const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
    await panel.getByLabel('Personne rencontrée').fill('Mme Pons, gérante')
    assert.equal(await panel.getByRole('button', { name: 'Ajouter aux interlocuteurs' }).count(), 0, 'known')
    await panel.getByLabel('Notes').fill('À rappeler en mars')
    await panel.getByLabel('Personne rencontrée').fill('M. Idriss Laforgue, chef d’atelier')
    await panel.getByRole('button', { name: 'Ajouter aux interlocuteurs' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ajouter un interlocuteur' })
    assert.deepEqual(
      await Promise.all(
        ['civility', 'givenName', 'familyName', 'role'].map(name => dialog.locator(`[name=${name}]`).inputValue()),
      ),
      ['M.', 'Idriss', 'Laforgue', 'chef d’atelier'],
    )
    const made = correspondent({
      id: id('79'),
      values: correspondent()
        .values.slice(1, 3)
        .map((v, at) => ({ ...v, value: ['Laforgue', 'Chef d’atelier'][at]! })),
    })
    service.reply(addCorrespondent, { siret }, made)
    service.reply(
      listCorrespondents,
      { siret },
      { items: [...correspondents, made], next: null, mayAdd: true, alike: [] },
    )
    await soundAtEveryWidth(page, 'interlocuteur-depuis-echange', { full: false })
    await dialog.getByRole('button', { name: 'Ajouter l’interlocuteur' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await panel.getByLabel('Personne rencontrée').inputValue(), 'Laforgue, Chef d’atelier')
    assert.equal(await panel.getByLabel('Notes').inputValue(), 'À rappeler en mars', 'nothing typed is lost')
    assert.equal(sent('POST', /\/exchanges$/).length, 0, 'the exchange is not sent with it')
    await panel.getByRole('button', { name: 'Ajouter aux interlocuteurs' }).waitFor({ state: 'detached' })
    await panel.getByText('Rencontre reliée à la fiche : Laforgue, Chef d’atelier.').waitFor()
    await soundAtEveryWidth(page, 'echange-relie', { full: false })
  })

  test('EST-5: one gesture chooses the correspondent met; the exchange is sent with their card, and typing anew parts them', async () => {
    const { page } = await openCard()
    await page.getByRole('button', { name: 'Enregistrer un échange' }).click()
    const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
    await panel.getByLabel('Personne rencontrée').fill('Mme Pons')
    await panel.getByRole('button', { name: 'C’est Pons, Gérante' }).waitFor()
    await sound(page, 'echange-est-ce', { full: false })
    await panel.getByRole('button', { name: 'C’est Pons, Gérante' }).click()
    await panel.getByText('Rencontre reliée à la fiche : Pons, Gérante.').waitFor()
    await panel.getByLabel('Personne rencontrée').fill('Pons, Gérante, et son associé')
    await panel.getByText('Rencontre reliée').waitFor({ state: 'detached' })
    await panel.getByLabel('Personne rencontrée').fill('pons, gérante')
    await panel.getByText('Rencontre reliée à la fiche').waitFor()
    await panel.getByLabel('Visite').check()
    await panel.getByLabel('Pas de besoin').check()
    service.reply(recordExchange, {}, exchange())
    await panel.getByRole('button', { name: 'Enregistrer', exact: false }).click()
    await panel.waitFor({ state: 'detached' })
    const { body } = lastBody('POST', /\/exchanges$/)
    assert.deepEqual([body.personMet, body.correspondentId], ['pons, gérante', id('70')])
  })
})
