/**
 * How a story is told over the service whose clock moves: each person at their own screen, by ProConnect and a second
 * factor, every mail read, its link followed where it has one.
 */
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import { idps, organisations, people, type StandInPerson } from '../server/demonstration/stand-in/people.ts'
import { anAccount, giveRole, insertAccount } from '../server/people-and-rights/accounts/testing.ts'
import { insertOrganisation } from '../server/people-and-rights/organisations/testing.ts'
import {
  insertEstablishments,
  layTerritories,
  places,
  siretOf,
} from '../server/work-with-employers/campaigns/testing-world.ts'
import { onScreen, openPage, type Watched, widths } from './browser.ts'
import { journeys, title } from './journey.ts'
import { type MovedService, startMoved } from './moved-service.ts'

export type Someone = Watched & { readonly who: StandInPerson; readonly errors: string[] }

const plain = (text: string | null | undefined) => (text ?? '').replaceAll(/[\u00A0\u202F\s]+/g, ' ').trim()
const focused = async (page: Page) =>
  plain(
    await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent
    }),
  )
/** With Tab alone. */
export const tabTo = async (page: Page, name: RegExp | string) => {
  for (let times = 0; times < 60; times++) {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    if (typeof name === 'string' ? here === name : name.test(here)) return
  }
  assert.fail(`${name} is not reached with Tab; the focus is on « ${await focused(page)} »`)
}

export const accept = async ({ page }: Someone) => {
  await page
    .getByRole('checkbox', { name: /^J’ai lu/ })
    .first()
    .waitFor()
  for (const box of await page.getByRole('checkbox', { name: /^J’ai lu/ }).all()) await box.check({ force: true })
  await page.getByRole('button', { name: /^Accepter ce/ }).click()
}

/** The option whose words begin so; options may come after the field. */
export const choose = async (field: Locator, words: string) => {
  await field.locator('option', { hasText: words }).first().waitFor({ state: 'attached' })
  const options = await field.locator('option').allTextContents()
  await field.selectOption({ index: options.findIndex(option => option.startsWith(words)) })
}
export const press = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click()
export const link = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('link', { name }).first().click()

export const scan = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7 essai %%EOF'),
})
export const fill = async (within: Locator, values: readonly (readonly [label: RegExp, value: string])[]) => {
  for (const [label, value] of values) await within.getByLabel(label).fill(value)
}
/**
 * On the page of a convention: one person, or one service, for every role of each annex, as small parties have it.
 * `look`: at the form filled.
 */
export const nameEveryContact = async (
  page: Page,
  holders: readonly (readonly [name: string, email: string])[],
  look: () => Promise<void> = async () => {},
) => {
  const annexes = page.getByRole('main').locator('.cc-contacts')
  for (const [annex, [name, email]] of holders.entries()) {
    const vacant = annexes.nth(annex).getByRole('button', { name: /^Nommer : / })
    await vacant.first().click()
    const dialog = page.getByRole('dialog')
    await fill(dialog, [
      [/^Nom, ou nom du service/, name],
      [/^Adresse électronique/, email],
    ])
    for (const role of await dialog
      .getByRole('group', { name: /^Tient aussi/ })
      .getByRole('checkbox')
      .all())
      await role.check({ force: true })
    if (annex === 0) await look()
    await press(dialog, 'Nommer')
    await dialog.waitFor({ state: 'detached' })
    await vacant.first().waitFor({ state: 'detached' })
  }
}

/** The 2nd of February to come: a first term that ends with its year. */
export const year = new Date().getUTCFullYear() + 1
export const start = `${year}-02-02`

/** ProConnect checked one factor alone. */
export const weak = { acr: 'eidas1', amr: 'pwd' }

/** What the operator has before a partner: three people of its own, the territories and the register. */
const layOperator = async (owner: pg.Pool) => {
  await layTerritories(owner)
  await owner.query(
    `update territories set name = case id when $1 then 'Nouvelle-Aquitaine' when $2 then 'CC des Graves'
      else name end`,
    [places.aquitaine, places.graves],
  )
  await insertEstablishments(
    owner,
    ['MENUISERIE DU CIRON', 'BOULANGERIE DES GRAVES', 'CHARPENTES LABAT'].map((name, n) => ({
      siret: siretOf(n + 1),
      name,
    })),
  )
  const { franceTravail: operator } = organisations
  await insertOrganisation(owner, { ...operator, siret: Number(operator.siret) })
  await owner.query('insert into expected_providers (organisation_id, idp_id, added_at) values ($1, $2, now())', [
    operator.id,
    idps.agents,
  ])
  const account = async (of: string, { givenName, usualName: familyName, email }: StandInPerson) =>
    insertAccount(owner, anAccount(of, { givenName, familyName, email }))
  const regional = await account(operator.id, people.sylvie)
  await giveRole(owner, regional, 'direction-regionale', { regionId: places.aquitaine })
  await giveRole(owner, regional, 'signataire')
  await giveRole(owner, await account(operator.id, people.odile), 'cssi')
  await giveRole(owner, await account(operator.id, people.samir), 'administrateur')
  // Made aware just before (SEC-4): nobody is reminded of a first time.
  await owner.query(
    `insert into awareness_records (id, account_id, organisation_id, done_on, modality, title, recorded_at)
      select gen_random_uuid(), id, organisation_id, $1::date - 7, 'reunion', 'Sensibilisation annuelle', now() from accounts`,
    [start],
  )
  // The operator's yearly review counts from its first account: just before too, whatever the day this runs.
  await owner.query(`update accounts set created_at = $1::date - 7`, [start])
}

/** People of one structure, none of whom the service knows yet. `host`: of their addresses. */
export const peopleOf = (structure: string, siret: string, host: string) => {
  let n = 0
  return (givenName: string, usualName: string, job: string): StandInPerson => {
    n += 1
    return {
      id: `7d3a1c50-2f4e-4b8a-9c00-${siret.slice(-10)}${String(n).padStart(2, '0')}`,
      accountId: null,
      givenName,
      usualName,
      siret,
      organisation: structure,
      idpId: idps.collectivites,
      function: job,
      email: `${givenName}.${usualName}@${host}`
        .normalize('NFD')
        .replaceAll(/[\u0300-\u036F]/g, '')
        .toLowerCase(),
      sentence: 'fait partie de l’histoire',
    }
  }
}
/** A service where the operator alone is known, those who come to it later, and how one tells what they do. */
export const movedStory = (
  name: string,
  newcomers: readonly StandInPerson[],
  { published = true, lay = async () => {} }: { published?: boolean; lay?: (owner: pg.Pool) => Promise<void> } = {},
) => {
  const everyone = [people.sylvie, people.odile, people.samir, ...newcomers]
  let moved: MovedService
  const { service, picture, sound, soundAtEveryWidth } = journeys(name, async () => {
    moved = await startMoved(everyone, async owner => {
      await layOperator(owner)
      await lay(owner)
    })
    return moved
  })
  /** Whether conditions are accepted at the door. */
  const texts = { published }
  /** By whom they were: of what is published already, by those who were there. */
  const accepted = new Set<StandInPerson>(published ? [people.sylvie, people.odile, people.samir] : [])
  const secrets = new Map<StandInPerson, string>()
  /** Who enrolled a factor since mails were last read: each is told of it. */
  const enrolled: StandInPerson[] = []
  let open: Someone[] = []
  /** A code of this person's application: one is taken only once, so the clock goes on to the next. */
  const code = async (who: StandInPerson) => {
    await go(new Date(moved.now().getTime() + 31_000).toISOString(), { work: false })
    return new TOTP({ secret: Secret.fromBase32(secrets.get(who)!) }).generate({ timestamp: moved.now().getTime() })
  }
  const go = async (instant: string, { work = true } = {}) => {
    await moved.go(instant, { work })
    for (const { page } of open) await page.clock.setSystemTime(moved.now())
  }
  /** What was said long enough ago for a sensitive act to ask for the second factor anew. */
  const later = () => go(new Date(moved.now().getTime() + 15 * 60_000).toISOString(), { work: false })

  /** A person at their own screen, whose clock is the service's. */
  const someone = async (who: StandInPerson): Promise<Someone> => {
    const watched = await openPage(service.url, widths.desktop, [service.standIn])
    const errors: string[] = []
    await watched.page.clock.install({ time: moved.now() })
    // A refusal is part of the story (a factor to prove anew, an end to confirm); anything else said in the console is not.
    watched.page.on('console', message => {
      if (message.type() === 'error' && !/status of 4(01|03|09|22)/.test(message.text())) errors.push(message.text())
    })
    const person = { ...watched, who, errors }
    open.push(person)
    return person
  }
  const leave = async (person: Someone) => {
    assert.deepEqual(person.errors, [], `${person.who.givenName}: console`)
    await person.context.close()
    open = open.filter(one => one !== person)
  }
  /**
   * Through ProConnect, from a page that asks for it or the first one; then with the application of codes, which is
   * enrolled the first time, where ProConnect checks one factor alone. `handed`: the code received by voice, the factor
   * lost.
   */
  const through = async ({ page, who }: Someone, level?: typeof weak, handed?: string) => {
    if (new URL(page.url(), service.url).pathname === 'blank') await page.goto('/')
    await page
      .getByRole('link', { name: /ProConnect/ })
      .first()
      .click()
    await page.getByLabel('Personne').selectOption(who.id)
    if (level) {
      await page.getByText(/^Options :/).click()
      await page.getByLabel(/^Niveau/).selectOption(level.acr)
      await page.getByLabel(/^Méthodes/).fill(level.amr)
    }
    await page.getByRole('button', { name: 'Se connecter' }).click()
    if (!level) return
    if (secrets.has(who) && !handed) {
      await title(page, 'Confirmez votre second facteur')
      await page.getByLabel(/^Code à six chiffres/).fill(await code(who))
      return page.getByRole('button', { name: 'Continuer' }).click()
    }
    if (handed) {
      await title(page, 'Saisissez le code qui vous est remis')
      await page.getByLabel('Code remis de vive voix').fill(handed)
      await page.getByRole('button', { name: 'Continuer' }).click()
    }
    await title(page, 'Enregistrez un second facteur')
    await page.getByRole('tab', { name: 'Application de codes' }).click()
    secrets.set(who, (await page.getByRole('tabpanel').getByRole('code').last().textContent())!.replaceAll(/\s/g, ''))
    await page.getByLabel(/^Code à six chiffres/).fill(await code(who))
    await page.getByRole('button', { name: 'Confirmer l’application' }).click()
    await title(page, 'Vos codes de secours')
    await page.getByRole('button', { name: /J’ai gardé mes codes/ }).click()
    enrolled.push(who)
  }
  /** The same, and the conditions accepted at the door the first time. */
  const enter = async (person: Someone, level?: typeof weak) => {
    await through(person, level)
    if (!texts.published || accepted.has(person.who)) return
    accepted.add(person.who)
    await title(person.page, 'Conditions à accepter')
    await accept(person)
  }
  const confirm = async ({ page, who }: Someone) => {
    const dialog = page.getByRole('dialog', { name: 'Confirmez votre identité' })
    await dialog.getByLabel(/^Code à six chiffres/).fill(await code(who))
    await dialog.getByRole('button', { name: 'Confirmer' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  /** The second factor is ProConnect's: it is asked there, in another tab, and this page goes on by itself. */
  const confirmAtProConnect = async ({ page, who, context }: Someone) => {
    const dialog = page.getByRole('dialog', { name: 'Confirmez votre identité' })
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      dialog.getByRole('link', { name: /ProConnect/ }).click(),
    ])
    await tab.getByLabel('Personne').selectOption(who.id)
    await tab.getByRole('button', { name: 'Se connecter' }).click()
    await title(tab, 'Vous êtes connecté')
    await tab.close()
    await dialog.waitFor({ state: 'detached' })
  }

  let read = 0
  /** The mails that came since the last reading, each as « who: subject », in no order. */
  const mails = async () => {
    await moved.atRest()
    const fresh = moved.mailbox.mails.slice(read)
    read += fresh.length
    for (const { text } of fresh) {
      assert.match(text, /^Bonjour,\n/)
      for (const [link] of text.matchAll(/https?:\/\/\S+/g)) assert.ok(link.startsWith(service.url), link)
    }
    const said = fresh
      .map(({ to, subject }) => `${everyone.find(p => p.email === to[0])?.givenName ?? to[0]}: ${subject}`)
      .sort()
    for (const { givenName } of enrolled.splice(0)) {
      const at = said.indexOf(`${givenName}: Un second facteur a été enregistré`)
      assert.ok(at >= 0, `${givenName} is told of a factor`)
      said.splice(at, 1)
    }
    return said
  }
  /** Follows the link of the last mail that this person received under this subject. */
  const follow = async ({ page, who }: Someone, subject: RegExp) => {
    const mail = moved.mailbox.mails.findLast(m => m.to[0] === who.email && subject.test(m.subject))
    assert.ok(mail, `${who.givenName} has no mail ${subject}`)
    const link = /Pour l’ouvrir dans le service : (\S+)/.exec(mail.text)?.[1]
    assert.ok(link, `no link in « ${mail.subject} »`)
    await page.goto(link)
  }
  const whatWasOnScreen = async () => {
    const shown: string[] = []
    for (const { page, who, errors } of open) {
      await picture(page, `echec-${who.givenName}`)
      shown.push(`${who.givenName}, ${await onScreen(page)}\n${errors.join('\n')}`)
    }
    return shown.join('\n\n')
  }
  /** Whoever came in leaves at the end of a step. */
  const everyoneLeaves = async () => {
    for (const person of open) await leave(person)
  }

  before(() => go(`${start}T09:00:00Z`))
  after(async () => {
    for (const { context } of open) await context.close()
  })
  return {
    service,
    texts,
    accepted,
    now: () => moved.now(),
    go,
    later,
    someone,
    leave,
    through,
    enter,
    confirm,
    confirmAtProConnect,
    mails,
    follow,
    picture,
    sound,
    soundAtEveryWidth,
    whatWasOnScreen,
    everyoneLeaves,
  }
}
