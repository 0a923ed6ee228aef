import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { getMe } from '../contract/signing-in/identity.ts'
import {
  getEstablishment,
  listSiblings,
  searchEstablishments,
} from '../contract/territory-and-register/establishments.ts'
import { getTerritory, listTerritories } from '../contract/territory-and-register/territories.ts'
import { listCampaigns } from '../contract/work-with-employers/campaigns.ts'
import { listCorrespondents } from '../contract/work-with-employers/correspondents.ts'
import {
  finishNextAction,
  getBeforeContact,
  getRecording,
  listColleagues,
  planNextActionAgain,
  reopenNextAction,
} from '../contract/work-with-employers/exchanges.ts'
import { listHistory } from '../contract/work-with-employers/notes.ts'
import { listPortfolio } from '../contract/work-with-employers/portfolio.ts'
import { listTargetsAt } from '../contract/work-with-employers/targets.ts'
import { closeBrowser } from './browser.ts'
import { day, dayLine } from './day-stub.ts'
import {
  answerCard,
  answerFacets,
  asHistory,
  campaign,
  claire,
  clpe,
  colleague,
  dayFromNow,
  epci,
  establishment,
  exchange,
  found,
  foundLines,
  id,
  isWorkedFrom,
  karim,
  known,
  line,
  me,
  mission,
  nextAction,
  open,
  openService,
  recording,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { activityElsewhere, activityToday, refusal } from './stub-service.ts'

const widths = [320, 768, 1440] as const
let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const { siret } = line()
const outside = refusal(
  403,
  'access/outside-perimeter',
  'Hors de votre périmètre',
  'Cette action porte sur un territoire hors de votre périmètre. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
)
const bug = refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.')

const answerSearch = () => {
  service.reply(getMe, {}, me())
  answerFacets(service)
  service.reply(searchEstablishments, {}, ({ search }) => {
    const q = search.get('q') ?? ''
    if (/introuvable/.test(q)) return { items: [], next: null, total: 0, understood: `Nom, enseigne ou commune : ${q}` }
    return search.get('after')
      ? { items: [found({ siret: '73282932000090', name: 'SCIERIE DE LA LANDE' })], next: null, understood: 'x' }
      : {
          items: foundLines,
          next: 'suite',
          total: 5,
          understood: q ? `Nom, enseigne ou commune : ${q}` : 'Tous les établissements du territoire, par nom',
        }
  })
  service.reply(
    listTerritories,
    {},
    {
      items: [
        { ...clpe, alias: 'Cœur de Gironde', edition: '2026-05', communeCount: 90 },
        { ...epci, alias: null, edition: null, communeCount: 3 },
      ],
      next: null,
    },
  )
  service.reply(
    getTerritory,
    { territoryId: '243301165' },
    { ...epci, alias: null, edition: null, communeCount: 3, parents: [], epcis: [], communes: [], editions: [] },
  )
}
const answerHome = () => {
  service.reply(getMe, {}, me())
  service.reply(
    listPortfolio,
    {},
    day(
      [
        dayLine(nextAction(), {
          phone: '+33556000000',
          correspondent: 'Anne Pons',
          said: {
            occurredOn: dayFromNow(-8),
            result: 'a-rappeler',
            resultLabel: null,
            personMet: 'Mme Pons, gérante',
            notes: 'Deux départs en retraite au printemps, elle préfère le matin.',
            need: null,
          },
        }),
        dayLine(
          nextAction({
            id: id('91'),
            siret: '55208131766522',
            establishmentName: 'CHAI DES TILLEULS',
            kind: 'visite',
            dueOn: dayFromNow(0),
            dueAt: '14:30',
            late: false,
          }),
        ),
        dayLine(
          nextAction({
            id: id('92'),
            siret: '35600000049837',
            establishmentName: null,
            kind: 'rendez-vous',
            dueOn: dayFromNow(4),
            dueAt: null,
            late: false,
            allowed: [],
          }),
        ),
      ],
      { late: 1, today: 1, week: 2 },
    ),
  )
  service.reply(
    listCampaigns,
    {},
    {
      items: [
        campaign(),
        campaign({ id: id('e1'), name: 'Industrie 2026', counts: { targets: 80, contacted: 0, undecided: 0 } }),
      ],
      next: null,
      allowed: [],
    },
  )
}

describe('home', () => {
  test('UX-1: what is to be done, at three widths, in one sentence and in a list', async () => {
    answerHome()
    const page = await open(service, '/')
    await page.getByRole('link', { name: 'CHAI DES TILLEULS' }).waitFor()
    await page.getByText('1 action en retard et 2 dans les sept jours (dont 1 aujourd’hui).').waitFor()
    const progress = page.getByRole('progressbar', { name: /42 contactés sur 120/ })
    // What is only a background is printed too.
    assert.equal(await progress.evaluate(bar => getComputedStyle(bar).printColorAdjust), 'exact')
    const late = page.getByRole('row').nth(1)
    assert.match(await late.innerText(), /GARONNE BOIS[\s\S]*Cestas[\s\S]*Rappel[\s\S]*EN RETARD/i)
    assert.match(await late.innerText(), /Mme Pons, gérante[\s\S]*À rappeler[\s\S]*Deux départs en retraite/)
    assert.equal(await late.getByRole('link', { name: /Appeler Anne Pons/ }).getAttribute('href'), 'tel:+33556000000')
    await soundAtEveryWidth(page, 'accueil')
  })

  test('UX-5: empty, the page teaches; without the profile, it says who gives it', async () => {
    answerHome()
    service.reply(listPortfolio, {}, day([], { all: 3, new: 2 }))
    service.reply(listCampaigns, {}, { items: [], next: null, allowed: ['create'] })
    const page = await open(service, '/', 320)
    await page.getByText('Aucune action prévue').waitFor()
    await page.getByRole('link', { name: 'Voir 2 nouvelles cibles' }).waitFor()
    await page.getByRole('link', { name: 'Préparer une campagne' }).waitFor()
    await sound(page, 'accueil-vide-320')
    service.reply(
      getMe,
      {},
      {
        ...me({ rights: [] }),
        missing: [
          {
            code: 'no-grant',
            sentence: 'Vous n’avez pas encore d’habilitation.',
            whoActs: 'le RGC de votre structure',
          },
        ],
      },
    )
    const bare = await open(service, '/')
    await bare.getByText('Réservé aux conseillers').waitFor()
    await sound(bare, 'accueil-sans-droit')
  })

  test('CAM-5: an action is marked done, and n on a row records an exchange with its employer', async () => {
    answerHome()
    service.reply(getBeforeContact, { siret }, known())
    service.reply(listCorrespondents, { siret }, { items: [], next: null, mayAdd: false, alike: [] })
    service.reply(getRecording, { siret }, recording())
    service.reply(
      finishNextAction,
      { nextActionId: id('90') },
      nextAction({ doneAt: new Date().toISOString(), late: false, allowed: [] }),
    )
    const page = await open(service, '/')
    await page.getByRole('link', { name: 'GARONNE BOIS' }).waitFor()
    await page.locator('h1').focus()
    await page.keyboard.press('j')
    await page.locator('[data-row-stop]:focus', { hasText: 'GARONNE BOIS' }).waitFor()
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'Enregistrer un échange' })
    await dialog.getByText('GARONNE BOIS').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    // The focus is given back after the dialog has gone: a key pressed before would go elsewhere.
    await page.locator('[data-row-stop]:focus', { hasText: 'GARONNE BOIS' }).waitFor()
    const next = nextAction({ id: id('91'), siret: '55208131766522', establishmentName: 'CHAI DES TILLEULS' })
    service.reply(listPortfolio, {}, day([dayLine(next)], { late: 1 }))
    await page.getByRole('button', { name: 'Fait : rappel, GARONNE BOIS' }).press('Enter')
    await page.getByText('Fait : rappel.').first().waitFor()
    // The row went away with the button that had the focus: one goes on from the row in its place.
    await page.locator('[data-row-stop]:focus', { hasText: 'CHAI DES TILLEULS' }).waitFor()
    service.reply(reopenNextAction, { nextActionId: id('90') }, nextAction())
    await page.getByRole('button', { name: 'Annuler' }).press('Enter')
    await page.getByText('De nouveau à faire : rappel.').first().waitFor()
    assert.ok(service.calls.some(({ path }) => path === `/api/next-actions/${id('90')}/reopen`))
  })

  test('CAM-5: a late action is moved in one press, back in another; any is moved to a day or handed to a colleague, and taken back', async () => {
    answerHome()
    const action = nextAction()
    const plans = () => service.calls.filter(({ method, path }) => method === 'PUT' && path.endsWith(action.id))
    service.reply(listColleagues, { siret }, { items: [claire, colleague] })
    service.reply(planNextActionAgain, { nextActionId: action.id }, ({ body }) => ({
      ...action,
      ...(body as { dueOn: string; dueAt: string }),
      owner: (body as { ownerId: string }).ownerId === colleague.id ? colleague : claire,
      late: false,
      version: 2,
    }))
    const page = await open(service, '/', 320)
    const week = page.getByRole('button', { name: '+1 sem. : reporter, rappel, GARONNE BOIS' })
    await week.waitFor()
    await soundAtEveryWidth(page, 'accueil-reporter')
    await week.press('Enter')
    const toast = page.locator('.cc-toast')
    await toast.getByText(/^Reporté au .* : rappel\.$/).waitFor()
    const { dueOn } = plans().at(-1)!.body as { dueOn: string }
    assert.ok(isWorkedFrom(dueOn, 7), dueOn)
    const moved = { dueOn, dueAt: '10:00', ownerId: claire.id }
    assert.deepEqual([plans().at(-1)!.body, plans().at(-1)!.headers['if-match']], [moved, '"1"'])
    await page.keyboard.press('z')
    await toast.getByText(/^De nouveau prévu le /).waitFor()
    assert.deepEqual(
      [plans().at(-1)!.body, plans().at(-1)!.headers['if-match']],
      [{ ...moved, dueOn: action.dueOn, beyondBudget: 'Report annulé aussitôt' }, '"2"'],
    )

    await page.getByRole('button', { name: 'Reporter… : rappel, GARONNE BOIS' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Reporter ou confier' })
    await dialog.getByRole('combobox', { name: 'Qui s’en charge' }).selectOption(colleague.name)
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await dialog.getByText('Renseignez « Date prévue ».').first().waitFor()
    await dialog.getByRole('button', { name: '+2 sem.' }).click()
    await soundAtEveryWidth(page, 'reporter', { full: false })
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await toast.getByText(`Confié à ${colleague.name} : rappel.`).waitFor()
    assert.equal(plans().at(-1)!.body.ownerId, colleague.id)
    await page.keyboard.press('z')
    await toast.getByText(/^De nouveau à .* : rappel, le /).waitFor()
    assert.deepEqual(
      [plans().at(-1)!.body, plans().at(-1)!.headers['if-match']],
      [{ ...moved, dueOn: action.dueOn, beyondBudget: 'Confié par erreur, repris aussitôt' }, '"2"'],
    )
  })

  test('CAM-12: an action put off to a full week asks why, in the dialog, with the day that was chosen', async () => {
    answerHome()
    const action = nextAction()
    const plans = () => service.calls.filter(({ method, path }) => method === 'PUT' && path.endsWith(action.id))
    service.reply(planNextActionAgain, { nextActionId: action.id }, ({ body }) => {
      const { dueOn, dueAt, beyondBudget } = body as { dueOn: string; dueAt: string; beyondBudget?: string }
      return beyondBudget
        ? { ...action, dueOn, dueAt, late: false, version: 2 }
        : { instead: refusal(409, 'solicitations/spent', 'Plus de sollicitation disponible', 'Indiquez le motif.') }
    })
    const page = await open(service, '/', 320)
    await page.getByRole('button', { name: '+1 sem. : reporter, rappel, GARONNE BOIS' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Reporter ou confier' })
    await dialog.getByText('dites pourquoi il faut le solliciter encore').waitFor()
    const { dueOn } = plans().at(-1)!.body as { dueOn: string }
    assert.equal(await dialog.getByLabel('Date prévue').inputValue(), dueOn)
    await soundAtEveryWidth(page, 'reporter-motif', { full: false })
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await dialog.getByText('Renseignez « Motif ».').first().waitFor()
    await dialog.getByLabel(/^Motif/).fill(' Fixé par l’employeur ')
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await page
      .locator('.cc-toast')
      .getByText(/^Reporté au /)
      .waitFor()
    assert.deepEqual(plans().at(-1)!.body, {
      dueOn,
      dueAt: '10:00',
      ownerId: claire.id,
      beyondBudget: 'Fixé par l’employeur',
    })

    await page.getByRole('button', { name: 'Reporter… : rappel, GARONNE BOIS' }).press('Enter')
    await dialog.getByRole('button', { name: '+2 sem.' }).click()
    assert.equal(await dialog.getByLabel(/^Motif/).count(), 0, 'asked once it is refused')
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await dialog.getByText('Plus de sollicitation disponible').waitFor()
    await dialog.getByLabel(/^Motif/).waitFor()
  })

  test('UX-5: refused, broken and offline, each in its place', async () => {
    answerHome()
    service.on('GET /campaigns', bug)
    service.lose('GET /portfolio')
    const page = await open(service, '/', 768)
    await page.getByText('Connexion perdue').first().waitFor()
    await page.getByText('Numéro de la demande :').waitFor()
    await sound(page, 'accueil-hors-ligne-768')
  })

  test('UX-4: the home page has the one search of the header, which leads to the results', async () => {
    answerHome()
    answerSearch()
    const page = await open(service, '/')
    await page.getByRole('heading', { name: 'Mes prochaines actions' }).waitFor()
    assert.equal(await page.getByRole('searchbox').count(), 0, 'no second field')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Établissement/ }).fill('garonne bois')
    await page.keyboard.press('Shift+Enter')
    await page.waitForURL('**/etablissements?q=garonne+bois')
    await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
  })
})

describe('search', () => {
  test('UX-5: before anything is asked, the page says what can be', async () => {
    answerSearch()
    const page = await open(service, '/etablissements', 320)
    await page.getByText('Quel employeur cherchez-vous ?').waitFor()
    await sound(page, 'recherche-vide-320')
    // This page's own calls: those of the test before may still come.
    const asked: string[] = []
    page.on('request', request => {
      asked.push(new URL(request.url()).pathname)
    })
    await page.reload()
    await page.getByText('Quel employeur cherchez-vous ?').waitFor()
    assert.ok(asked.includes('/api/me'))
    assert.ok(!asked.includes('/api/establishments'), 'nothing is asked for nothing')
  })

  test('EST-2, CAM-2: chosen in the other nomenclature, the filter says so; a line and its card say what theirs corresponds to', async () => {
    const corresponds = {
      nomenclature: 'NAF25' as const,
      codes: [
        { code: '16.25Y', label: 'Fabrication de portes et fenêtres en bois' },
        { code: '43.32G', label: 'Travaux de menuiserie bois et PVC' },
      ],
      source: 'insee' as const,
      edition: '2025-08',
    }
    const activity = { code: '43.32A', nomenclature: 'NAFRev2', label: 'Travaux de menuiserie', corresponds }
    const siret = '73282932000082'
    answerCard(service, siret)
    service.reply(getEstablishment, { siret }, establishment({ siret, activity, activities: [activity] }))
    answerSearch()
    service.reply(
      searchEstablishments,
      {},
      { items: [found({ siret, activity })], next: null, total: 1, understood: 'Nom ou commune : garonne' },
    )
    const page = await open(service, `/etablissements?q=garonne&activite=${activityElsewhere('16')}`)
    await page.getByText(/^Choisi en NAF (2025|rév\. 2) : un établissement /).waitFor()
    await page.getByText('NAF rév. 2, peut correspondre à 16.25Y ou 43.32G').waitFor()
    await soundAtEveryWidth(page, 'recherche-autre-nomenclature')
    const card = await open(service, `/etablissements/${siret}`, 320)
    await card
      .getByText(
        /43\.32A de la NAF rév\. 2 peut correspondre à .* la table de correspondance de l’Insee \(édition août 2025\)/,
      )
      .waitFor()
    await sound(card, 'fiche-autre-nomenclature-320')
  })

  test('UX-5: filters alone wait for a territory or a name, and stay', async () => {
    answerSearch()
    const page = await open(service, '/etablissements?activite=96.02A')
    await page.getByText('Dans quel territoire ?').waitFor()
    await soundAtEveryWidth(page, 'recherche-filtres-seuls')
    await page
      .getByRole('button', { name: /Bordeaux hors Métropole/ })
      .first()
      .press('Enter')
    await page.waitForURL(/\/etablissements\?activite=96\.02A&territoire=\d+$/)
    await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).type), 'search')
  })

  test('EST-2: results at three widths, with what was understood and what is not diffused', async () => {
    answerSearch()
    for (const width of widths) {
      const page = await open(service, '/etablissements?q=bois&territoire=243301165&taille=10-49&employeur=oui', width)
      await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
      await page.getByText('Nom, enseigne ou commune : bois').first().waitFor()
      await page.getByRole('link', { name: /Nom non diffusé SIRET 356/ }).waitFor()
      await sound(page, `recherche-${width}`)
      const sent = service.calls.findLast(({ path }) => path === '/api/establishments')!.search
      assert.deepEqual(
        [sent.get('territory'), sent.get('size'), sent.get('employer'), sent.get('active')],
        ['243301165', '10-49', 'true', 'true'],
      )
      if (width === 320) {
        await page.getByRole('button', { name: 'Filtres (3)' }).click()
        await page.getByRole('combobox', { name: /Territoire/ }).waitFor()
        await page.waitForFunction(
          () =>
            document.querySelector<HTMLInputElement>('.cc-finder__filters input[role=combobox]')?.value ===
            'CC Jalle-Eau-Bourde',
        )
        await sound(page, 'recherche-filtres-320')
      }
    }
  })

  test('EST-2: while typing, by keyboard alone: filters, results, next page, card', async () => {
    answerSearch()
    answerCard(service)
    const page = await open(service, '/etablissements')
    await page.keyboard.press('/')
    const from = service.calls.length
    const typedAt = await page.evaluateHandle(() => {
      const at: number[] = []
      addEventListener('input', () => at.push(performance.now()), true)
      return at
    })
    await page.keyboard.type('garonne', { delay: 30 })
    await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
    await page.waitForURL('**/etablissements?q=garonne')
    // A slow machine types with pauses: each may be answered.
    const pauses = await typedAt.evaluate(at => at.filter((now, n) => n > 0 && now - at[n - 1]! > 150).length)
    assert.ok(
      service.calls.slice(from).filter(({ path }) => path === '/api/establishments').length <= 2 + pauses,
      'not one call a letter',
    )
    await page.locator('[role=status]', { hasText: '5 établissements — Nom' }).waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /CHAI/)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    assert.equal(
      await page.evaluate(() => (document.activeElement as HTMLInputElement).type),
      'search',
      'up from the first goes back to the box',
    )
    await page.getByRole('button', { name: 'Afficher la suite' }).press('Enter')
    await page.getByRole('link', { name: /SCIERIE/ }).waitFor()
    await page.waitForFunction(() => /SCIERIE/.test(document.activeElement?.textContent ?? ''))
    await page.getByRole('combobox', { name: /Activité/ }).focus()
    await page.keyboard.type('bois')
    await page
      .getByRole('option', { name: /Travail du bois/ })
      .first()
      .waitFor()
    await sound(page, 'recherche-activite')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(url => url.searchParams.get('activite') === activityToday('16'))
    await page
      .getByRole('searchbox', { name: /Rechercher un établissement/ })
      .last()
      .focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/etablissements/${siret}`)
    await page.getByRole('heading', { name: 'GARONNE BOIS', level: 1 }).waitFor()
    await page.goBack()
    await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
    assert.equal(
      await page
        .getByRole('searchbox', { name: /dans le registre|Rechercher un établissement/ })
        .last()
        .inputValue(),
      'garonne',
      'back finds the search as it was',
    )
  })

  test('EST-2: a number finds the closed ones too', async () => {
    answerSearch()
    const page = await open(service, '/etablissements?q=732+829+320')
    await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
    assert.equal(service.calls.findLast(({ path }) => path === '/api/establishments')!.search.get('active'), null)
  })

  test('UX-5: nothing found, the page says what to try', async () => {
    answerSearch()
    const page = await open(service, '/etablissements?q=introuvable&employeur=oui', 320)
    await page.getByText('À essayer').waitFor()
    await sound(page, 'recherche-rien-320')
    await page.getByRole('button', { name: 'Chercher aussi parmi les fermés' }).press('Enter')
    await page.waitForURL('**&etat=tous')
    await page.getByRole('button', { name: 'Chercher sans les filtres' }).press('Enter')
    await page.waitForURL('**/etablissements?q=introuvable')
  })

  test('UX-2: the former results stay while the next come; slow, broken, refused and offline are said', async () => {
    answerSearch()
    const page = await open(service, '/etablissements?q=bois')
    await page.getByRole('link', { name: /GARONNE BOIS/ }).waitFor()
    const held = Promise.withResolvers<void>()
    service.on('GET /establishments', {
      body: { items: [], next: null, total: 0, understood: 'Nom, enseigne ou commune : chai' },
      until: held.promise,
    })
    await page.locator('h1').focus()
    await page.keyboard.press('/')
    await page.keyboard.type('chai')
    await page.getByText('recherche en cours').waitFor()
    assert.ok(await page.getByRole('link', { name: /GARONNE BOIS/ }).isVisible())
    held.resolve()
    await page.getByText('À essayer').waitFor()
    const looked = Promise.withResolvers<void>()
    service.on('GET /establishments', {
      body: { items: foundLines, next: null, total: 4, understood: 'x' },
      until: looked.promise,
    })
    const slow = await open(service, '/etablissements?q=lent')
    await slow.locator('.cc-skeleton[data-visible=true]').waitFor()
    await sound(slow, 'recherche-attente')
    looked.resolve()
    service.on('GET /establishments', bug)
    const broken = await open(service, '/etablissements?q=panne', 768)
    await broken.getByText('Numéro de la demande :').waitFor()
    await sound(broken, 'recherche-erreur-768')
    service.on(
      'GET /establishments',
      refusal(
        403,
        'access/no-grant',
        'Habilitation manquante',
        'Votre compte n’a pas d’habilitation pour cette action.',
      ),
    )
    const refused = await open(service, '/etablissements?q=refus', 320)
    await refused.getByRole('heading', { name: 'Habilitation manquante' }).waitFor()
    await sound(refused, 'recherche-refus-320')
    service.lose('GET /establishments')
    const offline = await open(service, '/etablissements?q=coupure', 320)
    await offline.getByText('Connexion perdue').first().waitFor()
    await sound(offline, 'recherche-hors-ligne-320')
  })
})

describe('card', () => {
  test('EST-3, EST-7: readable at a glance at three widths, with who contacted it before', async () => {
    answerCard(service)
    const page = await open(service, `/etablissements/${siret}`)
    await page.getByText('Pas de besoin avant janvier').first().waitFor()
    await page.getByText('732 829 320 00074').waitFor()
    await page.getByRole('link', { name: 'Apprentissage BTP' }).first().waitFor()
    await page.getByText(`${karim.name} (Mission locale des Graves) s’en occupe, 2 contacts, le dernier`).waitFor()
    await page.getByText('déjà suivi par un partenaire, selon le pilote, pas encore de contact.').waitFor()
    await page.getByText('contenu réservé à cette structure').waitFor()
    await soundAtEveryWidth(page, 'fiche')
  })

  test('EST-11: of an exchange kept to another organisation one sees that it took place, by which and when', async () => {
    answerCard(service)
    const page = await open(service, `/etablissements/${siret}`)
    const reserved = page.locator('.cc-entry', { hasText: 'Un contact a eu lieu' })
    await reserved.waitFor()
    assert.match(await reserved.innerText(), /Mission locale des Graves/)
    assert.equal(await reserved.getByRole('button').count(), 0)
    await page.getByText('Un échange se corrige ou s’annule par la personne qui l’a saisi').waitFor()
  })

  test('EST-8: an exchange that one may only correct has no button to cancel it', async () => {
    answerCard(service)
    service.reply(listHistory, { siret }, asHistory([exchange({ allowed: ['correct'] })]))
    const page = await open(service, `/etablissements/${siret}`)
    const entry = page.locator('.cc-entry').first()
    await entry.getByRole('button', { name: /^Corriger/ }).waitFor()
    assert.equal(await entry.getByRole('button', { name: /^Annuler/ }).count(), 0)
  })

  test('EST-8: the history is filtered in the address', async () => {
    answerCard(service)
    const page = await open(service, `/etablissements/${siret}`)
    await page.getByRole('combobox', { name: 'Structure' }).waitFor()
    await page.locator('.cc-entry').first().waitFor()
    await page.getByRole('combobox', { name: 'Structure' }).selectOption({ label: mission.name })
    await page.waitForURL(`**?structure=${mission.id}`)
    await page.getByRole('combobox', { name: 'Période' }).selectOption({ label: 'Les 3 derniers mois' })
    await page.waitForURL('**&periode=90')
    const last = () => service.calls.findLast(({ path }) => path === `/api/establishments/${siret}/history`)!.search
    for (const until = Date.now() + 60_000; !last().get('from') && Date.now() < until; ) await page.waitForTimeout(50)
    const sent = last()
    assert.deepEqual([sent.get('organisation'), sent.get('from')], [mission.id, dayFromNow(-90)])
  })

  test('EST-4, EST-6: what is not diffused is explained; a value says its source on focus', async () => {
    answerCard(service)
    service.reply(
      getEstablishment,
      { siret },
      establishment({
        name: null,
        sign: null,
        legalName: null,
        address: null,
        postalCode: null,
        partialDiffusion: true,
        company: null,
        siblings: { open: 0, closed: 0, items: [] },
      }),
    )
    const page = await open(service, `/etablissements/${siret}`, 320)
    await page.getByRole('heading', { name: 'Nom non diffusé', level: 1 }).waitFor()
    await page.getByRole('button', { name: /Nom non diffusé/ }).click()
    await page.getByText('R. 123-232').waitFor()
    await sound(page, 'fiche-non-diffusee-320')
    await page.getByRole('button', { name: '05 56 00 00 00', exact: true }).focus()
    await page.getByRole('tooltip', { name: /donné par la personne elle-même/ }).waitFor()
    await sound(page, 'fiche-source-320')
  })

  test('UX-5: who may not record reads why, and no button pretends', async () => {
    answerCard(service)
    service.reply(
      getBeforeContact,
      { siret },
      known({
        mayRecord: false,
        whyNot:
          'Votre compte n’a pas d’habilitation pour cette action. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure.',
      }),
    )
    const page = await open(service, `/etablissements/${siret}`, 768)
    await page.getByText('Vous ne pouvez pas enregistrer d’échange ici').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Enregistrer un échange' }).count(), 0)
    await page.keyboard.press('n')
    assert.equal(await page.getByRole('dialog').count(), 0)
    await sound(page, 'fiche-sans-droit-768')
  })

  test('CAM-5: « n » pressed before the card knows whether one may record opens the panel once it knows', async () => {
    answerCard(service)
    let answered = () => {}
    const until = new Promise<void>(done => {
      answered = done
    })
    service.on(`GET /establishments/${siret}/before-contact`, { body: known(), until })
    const page = await open(service, `/etablissements/${siret}`)
    await page.keyboard.press('n')
    assert.equal(await page.getByRole('dialog').count(), 0)
    answered()
    await page.getByRole('dialog', { name: 'Enregistrer un échange' }).getByLabel('Notes').waitFor()
  })

  test('UX-2: the card one arrives on, and its code, come while one is being recognised, and once; refused, it is asked again', async () => {
    answerCard(service)
    let recognised = () => {}
    const until = new Promise<void>(done => {
      recognised = done
    })
    service.on('GET /me', { body: me(), until })
    const from = service.calls.length
    const asked = () => service.calls.slice(from).filter(({ path }) => path === `/api/establishments/${siret}`).length
    const opening = open(service, `/etablissements/${siret}`)
    for (const end = Date.now() + 20_000; asked() === 0 && Date.now() < end; )
      await new Promise(done => {
        setTimeout(done, 20)
      })
    assert.equal(asked(), 1, 'before the service said who is here')
    recognised()
    const page = await opening
    await page.getByRole('heading', { name: 'Avant de contacter' }).waitFor()
    assert.equal(asked(), 1)
    service.reply(getMe, {}, me())
    const answers = [refusal(503, 'service/overloaded', 'Service très demandé', 'Le service est très demandé.')]
    service.on(`GET /establishments/${siret}`, () => answers.pop() ?? { body: establishment({ siret }) })
    const again = await open(service, `/etablissements/${siret}`)
    await again.getByRole('heading', { name: 'Avant de contacter' }).waitFor()
  })

  test('UX-5: outside one’s perimeter, unknown, empty, broken and offline', async () => {
    answerCard(service)
    service.on(`GET /establishments/${siret}/before-contact`, outside)
    service.reply(listCorrespondents, { siret }, { items: [], next: null, mayAdd: false, alike: [] })
    service.reply(listTargetsAt, { siret }, { items: [], more: false })
    service.reply(listHistory, { siret }, asHistory([]))
    const page = await open(service, `/etablissements/${siret}`)
    await page.getByRole('heading', { name: 'Hors de votre périmètre' }).waitFor()
    assert.equal(
      await page.getByRole('heading', { name: 'Historique du réseau' }).count(),
      0,
      'no history said empty where one may not see it',
    )
    await sound(page, 'fiche-hors-perimetre')
    service.reply(getBeforeContact, { siret }, known({ lastContacts: [], planned: [], contactsThisMonth: 0 }))
    const empty = await open(service, `/etablissements/${siret}`, 320)
    await empty.getByText('Aucun échange pour l’instant').waitFor()
    await sound(empty, 'fiche-vide-320')
    service.on(
      `GET /establishments/${siret}`,
      refusal(404, 'not-found', 'Introuvable', 'Cette page ou cette fiche n’existe pas, ou ne vous est pas ouverte.'),
    )
    const unknown = await open(service, `/etablissements/${siret}`, 320)
    await unknown.getByRole('heading', { name: 'Introuvable' }).waitFor()
    await sound(unknown, 'fiche-inconnue-320')
    const malformed = await open(service, '/etablissements/abc', 320)
    await malformed.getByRole('heading', { name: 'Page introuvable', level: 1 }).waitFor()
    await malformed.getByRole('link', { name: 'Rechercher un établissement' }).waitFor()
    await sound(malformed, 'fiche-mal-adressee-320')
    answerCard(service)
    service.on(`GET /establishments/${siret}/history`, bug)
    service.lose(`GET /establishments/${siret}/correspondents`)
    const broken = await open(service, `/etablissements/${siret}`, 768)
    await broken.getByText('Numéro de la demande :').waitFor()
    await broken.getByText('Connexion perdue').first().waitFor()
    await sound(broken, 'fiche-panne-768')
  })

  test('EST-3: activity in both nomenclatures, headcounts with their year, who took whose place, the company page by page; each fact says its source and its date', async () => {
    answerCard(service)
    const link = {
      siret: '73282932000082',
      name: 'GARONNE BOIS',
      town: 'Langon',
      known: true,
      on: '2024-02-01',
      headOfficeTransfer: true,
      economicContinuity: true,
    }
    service.reply(
      getEstablishment,
      { siret },
      establishment({
        predecessors: [link, { ...link, siret: '73282932000090', known: false, name: null, town: null }],
      }),
    )
    service.reply(listSiblings, { siret }, ({ search }) =>
      search.get('after')
        ? { items: [line({ siret: '73282932000108', sign: 'Dépôt Nord' })], next: null }
        : {
            items: [
              line({ siret: '73282932000082', sign: 'Atelier Sud', town: 'Langon' }),
              ...(search.get('closed') ? [line({ siret: '73282932000116', sign: 'Ancien dépôt', active: false })] : []),
            ],
            next: 'suite',
          },
    )
    const page = await open(service, `/etablissements/${siret}`, 768)
    const section = (name: string) => page.locator('section', { has: page.getByRole('heading', { name, level: 2 }) })
    await section('Activité').getByText('NAF 2025', { exact: true }).waitFor()
    await section('Effectif').getByRole('button', { name: '50 à 99 salariés, en 2024' }).focus()
    await page.getByRole('tooltip', { name: 'Source : SIRENE, 15 octobre 2026' }).waitFor()
    await section('Avant et après').getByRole('link', { name: 'GARONNE BOIS, Langon' }).waitFor()
    await section('Avant et après').getByText('SIRET 732 829 320 00090').waitFor()
    const company = section('Autres établissements de l’entreprise')
    await company.getByText('9 ouverts, 2 fermés.').waitFor()
    await company
      .getByRole('button', { name: 'Voir aussi les fermés' })
      .or(company.getByRole('button', { name: 'Les voir tous' }))
      .press('Enter')
    await company.getByRole('button', { name: 'Afficher la suite' }).press('Enter')
    await company.getByRole('link', { name: /Dépôt Nord/ }).waitFor()
    await company.getByText('Aussi les fermés').click()
    await company.getByRole('link', { name: /Ancien dépôt/ }).waitFor()
    assert.match(
      (await section('Sur la carte')
        .getByRole('link', { name: /S’y rendre/ })
        .getAttribute('href')) ?? '',
      /44\.74%2C-0\.68/,
    )
    await sound(page, 'fiche-registre-768')
  })

  test('EST-14: the card says what the employer is and how large its company, or that the register does not', async () => {
    answerCard(service)
    service.reply(getEstablishment, { siret }, establishment({ legalNature: 'association', companySize: 'unknown' }))
    const page = await open(service, `/etablissements/${siret}`, 768)
    const said = (term: string) => page.locator('dt', { hasText: term }).locator('xpath=following-sibling::dd[1]')
    assert.match((await said('Nature juridique').textContent()) ?? '', /^Association ou fondation/)
    assert.equal(await said('Taille de l’entreprise').textContent(), 'non renseignée')
    await page.getByRole('button', { name: 'Association ou fondation' }).focus()
    await page.getByRole('tooltip', { name: 'Source : SIRENE, 15 octobre 2026' }).waitFor()
    await soundAtEveryWidth(page, 'fiche-nature')
  })

  test('EST-3: the SIRET is copied', async () => {
    answerCard(service)
    const page = await open(service, `/etablissements/${siret}`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copier le SIRET' }).press('Enter')
    await page.getByRole('button', { name: 'Copié le SIRET' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), siret)
  })
})
