import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import * as contract from '../contract/index.ts'
import { categories, type Route } from '../contract/route.ts'
import { atEveryWidth, axe, closeBrowser, smallTargets } from './browser.ts'
import { pageInTurn } from './page-in-turn.ts'
import { refusal, stubService } from './stub-service.ts'

const dist = process.env['PAGES'] ?? join(import.meta.dirname, '../dist')
const shots = process.env['SHOTS']

let service: Awaited<ReturnType<typeof stubService>>
let context: BrowserContext
let page: Page
let foreign: string[] = []
let complaints: string[] = []
/** More is said against these pages: each error of the console, and what the policy of content stopped. */
const turn = pageInTurn(async ({ page, violations }) => {
  page.on('console', message => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) violations.push(message.text())
  })
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', event =>
      console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    ),
  )
})

const me = (
  over: {
    state?: string
    enrolled?: object[]
    second?: object | null
    steppedUpUntil?: string | null
    id?: string
  } = {},
) => ({
  account: {
    id: over.id ?? '0193a000-0000-7000-8000-00000000000a',
    givenName: 'Claire',
    familyName: 'Dufau',
    function: 'Conseillère entreprises',
  },
  organisation: { id: '0193a000-0000-7000-8000-0000000000b0', name: 'CC Jalle-Eau-Bourde', kind: 'epci' },
  session: {
    id: '0193a000-0000-7000-8000-0000000000c0',
    state: over.state ?? 'active',
    signedInAt: '2026-11-24T07:58:00Z',
    endsAt: '2026-11-24T19:58:00Z',
    lockedAfterMinutes: 30,
    steppedUpUntil: over.steppedUpUntil ?? null,
  },
  factors: {
    first: { by: 'proconnect', acr: 'eidas1', amr: ['pwd'] },
    second: over.second === undefined ? { by: 'totp', at: '2026-11-24T07:59:00Z' } : over.second,
    enrolmentOpen: true,
    enrolled: over.enrolled ?? [{ id: '0193a000-0000-7000-8000-0000000000d0', kind: 'totp', label: 'Mon téléphone' }],
    recoveryCodesLeft: 10,
    password: false,
  },
  rights: [
    {
      tool: 'campagnes',
      profile: 'conseiller',
      territory: { id: 10001, kind: 'clpe', code: 'CLPE33002', name: 'Bordeaux hors Métropole' },
      reason: 'prospection de la task force',
      since: '2026-03-03',
      until: null,
    },
    {
      tool: 'fiche-etablissement',
      profile: 'consultation',
      territory: { id: 10001, kind: 'clpe', code: 'CLPE33002', name: 'Bordeaux hors Métropole' },
      reason: 'prospection de la task force',
      since: '2026-03-03',
      until: '2027-03-03',
    },
  ],
  roles: [],
  rolesOfRegions: [],
  categories: [...categories],
  missing: [],
  unread: 0,
})
const sessions = {
  items: [
    {
      id: '0193a000-0000-7000-8000-0000000000c0',
      current: true,
      state: 'active',
      signedInAt: '2026-11-24T07:58:00Z',
      lastSeenAt: new Date().toISOString(),
      endsAt: '2026-11-24T19:58:00Z',
      device: 'Firefox sur Windows',
    },
    {
      id: '0193a000-0000-7000-8000-0000000000c1',
      current: false,
      state: 'locked',
      signedInAt: '2026-11-23T15:12:00Z',
      lastSeenAt: '2026-11-20T16:00:00Z',
      endsAt: '2026-11-24T03:12:00Z',
      device: 'Safari sur iPhone',
    },
  ],
  next: null,
}
const openapi = (more: object = {}) => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of Object.values(contract).flatMap(module => Object.values(module)) as Route[]) {
    if (!route.method || !route.path) continue
    const schema = (route.params ?? {}) as { properties?: Record<string, unknown> }
    const query = (route.query ?? {}) as { properties?: Record<string, unknown> }
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = {
      tags: [route.tag],
      summary: route.summary,
      operationId: `${route.method}${route.path}`,
      description: `Accès : ${route.needs}.`,
      parameters: [
        ...Object.entries(schema.properties ?? {}).map(([name, value]) => ({
          name,
          in: 'path',
          required: true,
          schema: value,
        })),
        ...Object.entries(query.properties ?? {}).map(([name, value]) => ({ name, in: 'query', schema: value })),
      ],
      ...(route.body ? { requestBody: { content: { 'application/json': { schema: route.body } } } } : {}),
      responses: { 200: { description: 'Réponse', content: { 'application/json': { schema: route.reply } } } },
    }
  }
  return { openapi: '3.1.0', info: { title: 'Campagnes coordonnées', version: '1' }, paths, ...more }
}

const signedOut = refusal(
  401,
  'session/required',
  'Connexion nécessaire',
  'Connectez-vous avec ProConnect pour continuer.',
)

before(async () => {
  assert.ok(existsSync(join(dist, 'index.html')), 'build the pages first: npm run build')
  service = await stubService(dist)
  if (shots) await mkdir(shots, { recursive: true })
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})

const open = async (path: string, width: number = 1440) => {
  ;({
    context,
    page,
    foreign,
    violations: complaints,
  } = await turn.open(service.origin, path, {
    width,
    height: width === 320 ? 640 : 900,
  }))
}
/** The title is there, the fonts too, and the design system's script has taken hold of the header. */
const settled = async () => {
  await page.locator('html[data-fr-js] h1').waitFor()
  await page.evaluate(() => document.fonts.ready)
}
const shoot = async (name: string) => {
  // What stands over the page covers the window, not the whole page: an open dialog is shot as it is seen.
  if (shots)
    await page.screenshot({
      path: join(shots, `${name}.png`),
      fullPage: !(await page.locator('dialog:modal, .fr-modal--opened').count()),
    })
}
/** What must hold on every page in every state. */
const sound = async (name: string) => {
  await shoot(name)
  assert.deepEqual(await axe(page), [], `${name}: axe`)
  assert.deepEqual(complaints, [], `${name}: console and CSP`)
  assert.deepEqual(foreign, [], `${name}: other hosts`)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  assert.ok(overflow <= 0, `${name}: ${overflow} px of horizontal scroll`)
  assert.deepEqual(await smallTargets(page), [], `${name}: too small for a finger`)
}
const soundAtEveryWidth = (name: string) => atEveryWidth(page, width => sound(`${name}-${width}`))
const otherSession = () => page.getByRole('rowheader', { name: 'Safari sur iPhone' })
const title = () => page.locator('h1').textContent()

describe('the shell and the house pages', () => {
  const publicPages = [
    ['/connexion', 'Se connecter'],
    ['/connexion/sans-compte', 'Aucun compte ne vous est ouvert'],
    ['/connexion/erreur?code=cancelled', 'Connexion abandonnée'],
    ['/connexion/revenir', 'Vous êtes connecté'],
    ['/accessibilite', 'Déclaration d’accessibilité'],
    ['/mentions-legales', 'Mentions légales'],
    ['/donnees-personnelles', 'Données personnelles'],
    ['/aide/raccourcis', 'Raccourcis du clavier'],
    ['/api', 'Interface de programmation (API)'],
    ['/api/refus/campaign/pilot-only', 'Réservé au pilote'],
    ['/nulle/part', 'Page introuvable'],
  ] as const
  for (const [path, heading] of publicPages)
    test(`UX-1: ${path} is sound at three widths, signed out`, async () => {
      service.on('GET /me', signedOut)
      service.on('GET /openapi.json', { body: openapi() })
      await open(path)
      assert.equal(await title(), heading)
      assert.equal(await page.title(), `${heading} — Campagnes coordonnées`)
      await page.getByText(/^Version \d+\.\d+\.\d+/).waitFor()
      await soundAtEveryWidth(path.replace(/[/?=]+/g, '-').slice(1))
    })

  test('UX-1: the API page opens an operation down to its members, and says whether a program may call it', async () => {
    service.on('GET /me', signedOut)
    service.on('GET /openapi.json', { body: openapi() })
    await open('/api', 768)
    const operation = page.locator('details').filter({ hasText: 'POST /exchanges' }).first()
    await operation.locator('summary').click()
    await operation.getByRole('heading', { name: 'Corps' }).waitFor()
    assert.match(await operation.innerText(), /occurredOn : jour \(AAAA-MM-JJ\)/)
    await sound('api-opened-768')
    await page.getByText('Aucun programme ne peut encore l’appeler').waitFor()
    const bearer = { components: { securitySchemes: { program: { type: 'http', scheme: 'bearer' } } } }
    service.on('GET /openapi.json', { body: openapi(bearer) })
    await open('/api', 768)
    await page.locator('details').first().waitFor()
    assert.equal(await page.getByText('Aucun programme ne peut encore l’appeler').count(), 0)
  })

  test('UX-1: my account is sound at three widths and in the dark theme', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    await open('/mon-compte')
    await otherSession().waitFor()
    await soundAtEveryWidth('mon-compte')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.reload()
    await settled()
    await otherSession().waitFor()
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark')
    await sound('mon-compte-dark')
  })

  test('UX-5: what is missing says who must act', async () => {
    service.on('GET /me', {
      body: {
        ...me(),
        rights: [],
        missing: [
          {
            code: 'no-grant',
            sentence: 'Vous n’avez pas encore d’habilitation.',
            whoActs: 'le RGC de votre structure',
          },
        ],
      },
    })
    service.on('GET /sessions', { body: sessions })
    await open('/mon-compte')
    await page.getByText('Qui agit : le RGC de votre structure').waitFor()
    await sound('mon-compte-missing')
  })

  test('IDN-4: one ends another of one’s sessions, and a screen reader hears it', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    service.on('POST /sessions/0193a000-0000-7000-8000-0000000000c1/end', { body: { ended: 1 } })
    await open('/mon-compte')
    await page.getByRole('button', { name: 'Fermer la session Safari sur iPhone' }).click()
    await page.locator('[role=status]', { hasText: '1 session fermée.' }).waitFor({ state: 'attached' })
    const sent = service.calls.findLast(({ path }) => path.endsWith('/end'))
    assert.match(String(sent?.headers['idempotency-key']), /^[0-9a-f-]{36}$/)
  })
})

describe('gates', () => {
  test('IDN-2: without a session one is led to sign in, and back by path only', async () => {
    service.on('GET /me', signedOut)
    await open('/mon-compte?q=quelque+chose')
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor()
    assert.equal(new URL(page.url()).search, '?retour=%2Fmon-compte')
    assert.equal(
      await page
        .getByRole('link', { name: /ProConnect/ })
        .first()
        .getAttribute('href'),
      '/auth/sign-in?returnTo=%2Fmon-compte',
    )
    await page.goto(`${service.origin}/connexion?retour=//ailleurs.example`)
    assert.equal(
      await page
        .getByRole('link', { name: /ProConnect/ })
        .first()
        .getAttribute('href'),
      '/auth/sign-in?returnTo=%2F',
    )
  })

  test('IDN-2: short of a second factor, one enrols it by keyboard and gets recovery codes once', async () => {
    let enrolled = false
    service.on('GET /me', () => ({
      body: me(enrolled ? {} : { state: 'second-factor-required', enrolled: [], second: null }),
    }))
    service.on('GET /sessions', { body: sessions })
    service.on('POST /second-factor/totp', {
      body: {
        secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        uri: 'otpauth://totp/Campagnes:claire.dufau?secret=JBSWY3DPEHPK3PXP&issuer=Campagnes',
      },
    })
    let tries = 0
    service.on('POST /second-factor/totp/confirm', () => {
      if (tries++ === 0)
        return refusal(
          422,
          'second-factor/wrong-code',
          'Code incorrect',
          'Ce code n’est pas le bon, ou il a déjà servi. Attendez le code suivant.',
        )
      enrolled = true
      return {
        body: {
          state: 'active',
          recoveryCodes: ['ab12-cd34-ef56', 'gh78-jk90-mn12', 'pq34-rs56-tu78', 'vw90-xy12-za34'],
        },
      }
    })
    await open('/mon-compte')
    await page.getByRole('heading', { name: 'Enregistrez un second facteur' }).waitFor()
    await soundAtEveryWidth('second-facteur-passkey')
    await page.getByRole('tab', { name: /codes/ }).click()
    await page.getByRole('img', { name: /QR/ }).waitFor()
    await soundAtEveryWidth('second-facteur-totp')
    await page.getByLabel('Code à six chiffres').focus()
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await page.getByText('Une réponse est à corriger').waitFor()
    await sound('second-facteur-form-error')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal(
      await page.evaluate(() => (document.activeElement as HTMLInputElement).name),
      'code',
      'the summary leads to the field',
    )
    await page.keyboard.type('3456')
    await page.keyboard.press('Enter')
    await page.getByText('Code incorrect').waitFor()
    // Drawn first, focused just after: waited for, and red if it never comes.
    await page.waitForFunction(() => document.activeElement?.classList.contains('cc-form__summary'))
    await sound('second-facteur-refused')
    await page.getByLabel('Code à six chiffres').press('Enter')
    await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
    await sound('codes-de-secours')
    await page.getByRole('button', { name: /J’ai gardé/ }).press('Enter')
    await page.getByRole('heading', { name: 'Mon compte', level: 1 }).waitFor()
    assert.equal(
      await page.evaluate(() => document.activeElement?.tagName),
      'H1',
      'the title takes the focus on arrival',
    )
  })

  test('IDN-2: a passkey is created, and unlocks, with the browser’s own authenticator', async () => {
    let state = 'second-factor-required'
    const challenge = 'dGVzdC1jaGFsbGVuZ2UtZm9yLXRoZS1zaGVsbA'
    const enrolled: object[] = []
    service.on('GET /me', () => ({
      body: me({ state, enrolled, second: state === 'active' ? { by: 'passkey', at: '2026-11-24T08:00:00Z' } : null }),
    }))
    service.on('GET /sessions', { body: sessions })
    service.on('POST /second-factor/passkeys', {
      body: {
        options: {
          rp: { id: 'localhost', name: 'Campagnes coordonnées' },
          user: { id: 'Y2xhaXJl', name: 'claire', displayName: 'Claire' },
          challenge,
          pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
          authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        },
      },
    })
    service.on('POST /second-factor/passkeys/confirm', ({ body }) => {
      const { answer } = body as { answer: { id: string; response: { clientDataJSON: string } } }
      assert.match(Buffer.from(answer.response.clientDataJSON, 'base64url').toString(), /webauthn.create/)
      enrolled.push({ id: '0193a000-0000-7000-8000-0000000000d1', kind: 'passkey', label: 'Mon ordinateur' })
      state = 'active'
      return { body: { state, recoveryCodes: ['ab12-cd34-ef56'] } }
    })
    service.on('POST /second-factor/prove/passkey/options', {
      body: { options: { challenge, rpId: 'localhost', userVerification: 'required' } },
    })
    service.on('POST /second-factor/prove/passkey', ({ body }) => {
      assert.match(
        Buffer.from(
          (body as { answer: { response: { clientDataJSON: string } } }).answer.response.clientDataJSON,
          'base64url',
        ).toString(),
        /webauthn.get/,
      )
      state = 'active'
      return { body: { state } }
    })
    await open('/mon-compte')
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    })
    await page.getByRole('button', { name: 'Créer ma clé d’accès' }).click()
    await page.getByRole('button', { name: /J’ai gardé/ }).click()
    await otherSession().waitFor()
    state = 'locked'
    service.on('POST /sessions/end-others', () =>
      state === 'locked' ? refusal(401, 'session/locked', 'Session verrouillée', '…') : { body: { ended: 1 } },
    )
    await page.getByRole('button', { name: 'Fermer toutes les autres' }).click()
    await page
      .getByRole('dialog', { name: 'Session verrouillée' })
      .getByRole('button', { name: 'Utiliser ma clé d’accès' })
      .click()
    await page.locator('[role=status]', { hasText: '1 session fermée.' }).waitFor({ state: 'attached' })
    assert.deepEqual(complaints, [])
  })

  test('IDN-2: with a second factor enrolled one proves it', async () => {
    let proven = false
    service.on('GET /me', () => ({ body: me(proven ? {} : { state: 'second-factor-required', second: null }) }))
    service.on('GET /sessions', { body: sessions })
    service.on('POST /second-factor/prove/totp', () => {
      proven = true
      return { body: { state: 'active' } }
    })
    await open('/mon-compte', 320)
    await page.getByRole('heading', { name: 'Confirmez votre second facteur' }).waitFor()
    await sound('second-facteur-prove-320')
    await page.getByLabel('Code à six chiffres').fill('123 456')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Mon compte', level: 1 }).waitFor()
  })

  test('IDN-4: locked with nothing typed and no second factor here, one signs in again in the same tab', async () => {
    let locked = false
    service.on('GET /me', () => ({ body: me({ enrolled: [], ...(locked ? { state: 'locked' } : {}) }) }))
    service.on('GET /sessions', { body: sessions })
    service.on('POST /sessions/end-others', refusal(401, 'session/locked', 'Session verrouillée', '…'))
    await open('/mon-compte')
    await otherSession().waitFor()
    locked = true
    await page.getByRole('button', { name: 'Fermer toutes les autres' }).click()
    const lock = page.getByRole('dialog', { name: 'Session verrouillée' })
    const asked = page.waitForRequest(request => new URL(request.url()).pathname === '/auth/step-up')
    await lock.getByRole('button', { name: 'Se reconnecter avec ProConnect', exact: true }).press('Enter')
    assert.equal(new URL((await asked).url()).searchParams.get('returnTo'), '/mon-compte')
  })

  test('IDN-4: the page locks in place and goes on where it was', async () => {
    let locked = false
    service.on('GET /me', () => ({ body: me(locked ? { state: 'locked' } : {}) }))
    service.on('GET /sessions', { body: sessions })
    await open('/mon-compte')
    await otherSession().waitFor()
    locked = true
    service.on('POST /sessions/end-others', () =>
      locked ? refusal(401, 'session/locked', 'Session verrouillée', '…') : { body: { ended: 1 } },
    )
    service.on('POST /second-factor/prove/totp', () => {
      locked = false
      return { body: { state: 'active' } }
    })
    await page.getByRole('button', { name: 'Fermer toutes les autres' }).click()
    await page.getByRole('dialog', { name: 'Session verrouillée' }).waitFor()
    const veil = await page
      .getByRole('dialog', { name: 'Session verrouillée' })
      .evaluate(dialog => getComputedStyle(dialog, '::backdrop').backgroundColor)
    assert.match(veil, /^rgb\(/, `the page behind the lock is hidden whole, not seen through: ${veil}`)
    await sound('verrou-1440')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    assert.ok(
      await page.getByRole('dialog', { name: 'Session verrouillée' }).isVisible(),
      'a lock is answered, not closed',
    )
    const [first] = service.calls.filter(({ path }) => path.endsWith('/end-others')).slice(-1)
    await page.getByLabel('Code à six chiffres').fill('123456')
    await page.keyboard.press('Enter')
    await page.locator('[role=status]', { hasText: '1 session fermée.' }).waitFor({ state: 'attached' })
    const again = service.calls.findLast(({ path }) => path.endsWith('/end-others'))
    assert.equal(
      again?.headers['idempotency-key'],
      first?.headers['idempotency-key'],
      'the same intention, sent once more',
    )
    assert.equal(await page.getByRole('dialog').count(), 0)
  })

  test('IDN-5: a sensitive act asks for the second factor over the page, and can be given up', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    service.on(
      'DELETE /second-factor/0193a000-0000-7000-8000-0000000000d0',
      refusal(
        403,
        'session/step-up-required',
        'Confirmation nécessaire',
        'Cette action demande de confirmer de nouveau votre second facteur.',
      ),
    )
    await open('/mon-compte', 320)
    await page.getByRole('button', { name: 'Retirer Mon téléphone' }).click()
    await page.getByRole('dialog', { name: 'Confirmez votre identité' }).waitFor()
    await sound('step-up-320')
    await page.keyboard.press('Escape')
    await page.getByText('Confirmation nécessaire').waitFor()
    await sound('step-up-refused-320')
  })

  test('IDN-4: an expired session is renewed over the page; another person never gets that page', async () => {
    let state: 'here' | 'gone' | 'other' = 'here'
    service.on('GET /me', () =>
      state === 'gone'
        ? signedOut
        : { body: me(state === 'other' ? { id: '0193a000-0000-7000-8000-00000000000f' } : {}) },
    )
    service.on('GET /sessions', { body: sessions })
    service.on('POST /sessions/end-others', signedOut)
    await open('/mon-compte')
    await otherSession().waitFor()
    state = 'gone'
    await page.getByRole('button', { name: 'Fermer toutes les autres' }).click()
    await page.getByRole('dialog', { name: 'Votre session est terminée' }).waitFor()
    await sound('session-terminee')
    state = 'other'
    await page.waitForURL(`${service.origin}/`)
  })
})

describe('faults', () => {
  test('REL-4: a bug says its number; a lost network says so and repairs itself', async () => {
    service.on('GET /me', { body: me() })
    service.on(
      'GET /sessions',
      refusal(500, 'service/bug', 'Erreur du service', 'Une erreur inattendue s’est produite.'),
    )
    await open('/mon-compte', 768)
    await page.getByText('0193a000-0000-7000-8000-000000000001').waitFor()
    await sound('erreur-500')
    service.lose('GET /sessions')
    await page.getByRole('button', { name: 'Réessayer' }).click()
    await page.getByText('Connexion perdue').first().waitFor()
    await sound('hors-ligne-768')
    service.on('GET /sessions', { body: sessions })
    await otherSession().waitFor()
    assert.equal(await page.getByText('Connexion perdue').filter({ visible: true }).count(), 0)
  })

  test('UX-5, UX-3: a page never visited, asked without a network, says so and comes by itself once it is back', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    service.on('GET /campaigns', { body: { items: [], next: null, total: 0, allowed: [] } })
    await open('/mon-compte')
    await otherSession().waitFor()
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Campagnes', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Connexion perdue', level: 1 }).waitFor()
    assert.equal(await page.getByText('erreur inattendue').count(), 0)
    await sound('page-sans-reseau')
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'Campagnes', level: 1 }).waitFor()
  })

  for (const [status, code, heading] of [
    [403, 'access/no-grant', 'Habilitation manquante'],
    [404, 'not-found', 'Introuvable'],
    [409, 'campaign/not-open', 'Campagne non ouverte'],
    [429, 'request/too-many', 'Trop de demandes'],
  ] as const)
    test(`UX-5: ${status} says why, in place`, async () => {
      service.on('GET /me', { body: me() })
      service.on('GET /sessions', refusal(status, code, heading, 'La raison, en une phrase.'))
      await open('/mon-compte', 320)
      await page.getByRole('heading', { name: heading }).waitFor()
      await sound(`refus-${status}-320`)
    })
})

describe('keyboard', () => {
  test('UX-1: from the first key to the content, the menu, the search and the keys’ list', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    await open('/mon-compte')
    await otherSession().waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Contenu')
    await shoot('liens-evitement')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'contenu')
    await page.keyboard.press('Control+k')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox')
    await page.keyboard.type('?')
    assert.equal(await page.getByRole('dialog').count(), 1, 'no key fires while one types')
    await page.keyboard.press('Escape')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'contenu', 'the focus is given back')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Raccourcis du clavier' }).waitFor()
    await sound('raccourcis-dialog')
    await page.keyboard.press('Escape')
    assert.equal(await page.getByRole('dialog').count(), 0)
  })

  test('UX-1: a key turned off stays silent (RGAA 12.11)', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    await open('/mon-compte')
    const toggle = page.getByRole('checkbox', { name: /Afficher la liste/ })
    await toggle.press('Space')
    await page.locator('h1').focus()
    await page.keyboard.press('?')
    assert.equal(await page.getByRole('dialog').count(), 0)
    await page.reload()
    await settled()
    assert.equal(await page.getByRole('checkbox', { name: /Afficher la liste/ }).isChecked(), false)
  })

  test('UX-1: the folded menu and search of a phone open, and close on arrival', async () => {
    service.on('GET /me', { body: me() })
    service.on('GET /sessions', { body: sessions })
    service.on('GET /openapi.json', { body: openapi() })
    await open('/mon-compte', 320)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Campagnes', exact: true }).waitFor()
    await sound('menu-320')
    const pastTheEdge = await page
      .locator('.fr-header__menu :is(a, button):visible')
      .evaluateAll(all => all.filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.textContent))
    assert.deepEqual(pastTheEdge, [], 'a long name of structure is read whole')
    await page.getByRole('link', { name: 'Campagnes', exact: true }).click()
    await page.waitForURL('**/campagnes')
    await page.locator('h1').waitFor()
    await page.waitForFunction(
      () => !document.querySelector('.fr-header__menu')?.classList.contains('fr-modal--opened'),
    )
  })

  test('UX-1: sent to sign in at a first load, nothing has taken the focus', async () => {
    service.on('GET /me', signedOut)
    await open('/mentions-legales')
    // Each look of the test counts as a gesture for the browser: nobody made any.
    await page.addInitScript(() => Object.defineProperty(navigator.userActivation, 'hasBeenActive', { value: false }))
    await page.goto(new URL('/', service.origin).href)
    await page.getByRole('heading', { name: 'Se connecter', level: 1 }).waitFor()
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'BODY')
  })

  test('UX-1: the display settings change the theme', async () => {
    service.on('GET /me', signedOut)
    await open('/mentions-legales')
    await page.getByRole('button', { name: 'Paramètres d’affichage' }).click()
    await page.getByRole('radio', { name: 'Thème sombre' }).press('Space')
    await page.waitForFunction(() => document.documentElement.dataset['frTheme'] === 'dark')
    await sound('affichage')
    await page.reload()
    await settled()
    assert.equal(await page.evaluate(() => document.documentElement.dataset['frTheme']), 'dark')
    await sound('mentions-legales-dark')
  })
})
