import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { digest } from '../server/signing-in/identity/session-token.ts'
import { openPage, type Watched, widths } from './browser.ts'
import { journeys, menu } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('mot-de-passe')

const karim = people.karim
const password = 'girafe tabouret pluie moteur canard tapis genou'
const link = async () => {
  const token = randomBytes(32).toString('base64url')
  await service.sql(
    `insert into password_links (id, account_id, token_hash, made_at, ends_at)
      values (gen_random_uuid(), $1, $2, now(), now() + interval '1 day')`,
    [karim.accountId, digest(token)],
  )
  return `/connexion/choisir-mot-de-passe#${token}`
}
const decide = (allowed: boolean) =>
  service.sql(
    `insert into organisation_sign_in (id, organisation_id, password_allowed, set_at, reason)
      values (gen_random_uuid(), $1, $2, clock_timestamp(), 'Pas de fournisseur ProConnect')`,
    [organisations.missionLocale.id, allowed],
  )
const heading = ({ page }: Watched, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
const signIn = async ({ page }: Watched, typed: string) => {
  await page.getByLabel('Adresse électronique professionnelle').fill(karim.email)
  await page.locator('input[name=password]').fill(typed)
  await page.getByRole('button', { name: 'Continuer' }).click()
}

describe('signing in by password', () => {
  let secret = ''
  let own: Watched
  after(() => own?.context.close())

  test('IDN-3: offered nowhere until the operator opens it to an organisation', async () => {
    own = await openPage(service.url, widths.desktop, [service.standIn])
    await own.page.goto('/connexion')
    await own.page.waitForLoadState('networkidle')
    assert.equal(await own.page.getByRole('link', { name: 'Se connecter avec un mot de passe' }).count(), 0)
    const admin = await signedIn(people.samir)
    try {
      const { page } = admin
      await menu(page, 'Moyens de connexion').click()
      await page.getByText('n’est ouverte à personne').waitFor()
      await sound(admin, 'regles-vides')
      await page.getByRole('button', { name: 'L’ouvrir à une structure' }).click()
      await page.getByRole('combobox', { name: 'Structure' }).fill('Mission locale')
      await page.getByRole('option', { name: /Mission locale des Graves/ }).click()
      await page.getByLabel('Motif').fill('Aucun fournisseur d’identité raccordé à ProConnect')
      await sound(admin, 'ouvrir')
      await page.getByRole('button', { name: 'Ouvrir', exact: true }).click()
      await page.getByRole('button', { name: 'Fermer : Mission locale des Graves' }).waitFor()
      await page.getByRole('button', { name: 'Fixer une directive' }).click()
      await page.getByLabel('Profil').selectOption('pilote')
      await page.getByLabel('Motif').fill('Directive de sécurité de l’opérateur')
      await sound(admin, 'directive')
      await page.getByRole('button', { name: 'Fixer la directive' }).click()
      await page.getByText('en vigueur').waitFor()
      await sound(admin, 'regles')
    } finally {
      await admin.context.close()
    }
    await own.page.reload()
    await own.page.getByRole('link', { name: 'Se connecter avec un mot de passe' }).waitFor()
    await sound(own, 'connexion')
  })

  test('IDN-3: the first link, a password strong enough, a code application, and one is in', async () => {
    const { page } = own
    const rgc = await signedIn(people.bruno)
    await rgc.page.goto(`/personnes/${karim.accountId}/connexion`)
    await rgc.page.getByRole('button', { name: 'Envoyer le lien du premier mot de passe' }).click()
    await rgc.page.getByText('Lien envoyé').waitFor()
    const code = (await rgc.page.locator('.cc-secret').textContent())!
    await sound(rgc, 'rgc-lien')
    await rgc.context.close()
    const [mail] = await service.sql<{ body: string }>(
      `select body from mails where kind = 'password-link' and to_account_id = $1`,
      [karim.accountId],
    )
    await page.goto(/http\S+/.exec(mail!.body)![0])
    await page.getByRole('button', { name: 'Enregistrer mon mot de passe' }).waitFor()
    assert.equal(new URL(page.url()).hash, '', 'the link is out of the address')
    const choose = async (typed: string, again = typed) => {
      await page.locator('input[name=next]').fill(typed)
      await page.locator('input[name=again]').fill(again)
      await page.getByRole('button', { name: 'Enregistrer mon mot de passe' }).click()
    }
    await page.getByLabel('Code remis de vive voix').fill('00000000')
    await sound(own, 'choisir')
    await choose('MotDePasse2026!')
    await page.getByText('Mot de passe trop facile à deviner').waitFor()
    await choose(password, `${password} x`)
    await page.getByText('Deux saisies différentes').waitFor()
    await choose(password)
    await page.getByText('Ce n’est pas le code qui vous a été remis').waitFor()
    await page.getByLabel('Code remis de vive voix').fill(code)
    await sound(own, 'choisir-refus')
    await choose(password)
    await heading(own, 'Mot de passe enregistré')
    await sound(own, 'choisi')
    await page.getByRole('link', { name: 'Se connecter', exact: true }).click()
    await heading(own, 'Se connecter avec un mot de passe')
    await signIn(own, 'faux')
    await page.getByText('n’ouvrent pas de compte ici').waitFor()
    await sound(own, 'refus')
    await signIn(own, password)
    await heading(own, 'Enregistrez un second facteur')
    await page.getByRole('tab', { name: 'Application de codes' }).click()
    secret = (await page.locator('.cc-secret').textContent())!.replaceAll(' ', '')
    await page.getByLabel('Code à six chiffres').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
    await page.getByRole('button', { name: 'Confirmer l’application' }).click()
    await page.getByRole('button', { name: 'J’ai gardé mes codes, continuer' }).click()
    await page
      .getByRole('link', { name: /Karim Belkacem/ })
      .or(page.getByRole('button', { name: /Karim Belkacem/ }))
      .first()
      .waitFor()
    await page.goto('/mon-compte')
    await page.getByRole('heading', { name: 'Mot de passe' }).waitFor()
    await page.getByRole('button', { name: 'Changer mon mot de passe' }).click()
    await page.locator('input[name=current]').waitFor()
    await sound(own, 'changer')
  })

  test('IDN-6: a stranger who tries and tries is made to wait; the person comes in all the while', async () => {
    const stranger = await openPage(service.url, widths.desktop, [service.standIn])
    try {
      await stranger.page.goto('/connexion/mot-de-passe')
      for (let i = 0; i < 5; i++) {
        const answered = stranger.page.waitForResponse(/\/auth\/password$/)
        await signIn(stranger, `faux ${i}`)
        assert.equal((await answered).status(), 422)
        await stranger.page.getByText('n’ouvrent pas de compte ici').waitFor()
      }
      await signIn(stranger, password)
      await stranger.page.getByText(/Réessayez dans (\d+ secondes|1 minute)\./).waitFor()
      await sound(stranger, 'attente')
      await stranger.page.getByRole('link', { name: 'demandez un nouveau lien' }).click()
      await heading(stranger, 'Mot de passe oublié')
      await sound(stranger, 'oublie')

      await own.page.goto('/mon-compte')
      await own.context.clearCookies({ name: 'session' })
      await own.page.goto('/connexion/mot-de-passe')
      await signIn(own, password)
      await heading(own, 'Confirmez votre second facteur')
    } finally {
      await stranger.context.close()
    }
  })

  test('IDN-6: who lost the second factor is helped by the account manager, with a reason, and registers another', async () => {
    const rgc = await signedIn(people.bruno)
    let code = ''
    try {
      await rgc.page.goto(`/personnes/${karim.accountId}/connexion`)
      await rgc.page.getByText('1 second facteur enregistré ici').waitFor()
      await rgc.page.getByRole('button', { name: 'Réinitialiser le second facteur' }).click()
      await rgc.page.getByRole('button', { name: 'Réinitialiser', exact: true }).click()
      await rgc.page.getByText('Renseignez « Motif ».').first().waitFor()
      await rgc.page.getByLabel('Motif').fill('Téléphone perdu, identité vérifiée de vive voix')
      await sound(rgc, 'rgc-reinitialiser')
      await rgc.page.getByRole('button', { name: 'Réinitialiser', exact: true }).click()
      await rgc.page.getByText('Aucun second facteur n’est enregistré ici').waitFor()
      code = (await rgc.page.locator('.cc-secret').textContent())!
      await sound(rgc, 'rgc-code')
      await rgc.page.goto(`/personnes/${people.bruno.accountId}/connexion`)
      await rgc.page.getByText('Pour vos propres facteurs').waitFor()
      await sound(rgc, 'rgc-soi')
      await rgc.page.goto(`/personnes/${people.claire.accountId}/connexion`)
      await rgc.page.getByText('Introuvable').first().waitFor()
      assert.equal(await rgc.page.getByRole('button', { name: /Réinitialiser|Envoyer/ }).count(), 0)
    } finally {
      await rgc.context.close()
    }
    await own.page.goto('/connexion/mot-de-passe')
    await signIn(own, password)
    await heading(own, 'Saisissez le code qui vous est remis')
    await own.page.getByLabel('Code remis de vive voix').fill(code)
    await sound(own, 'code-remis')
    await own.page.getByRole('button', { name: 'Continuer' }).click()
    await heading(own, 'Enregistrez un second facteur')
  })

  test('IDN-3: a link that served opens nothing; closed by the operator, the door is gone', async () => {
    const { page } = own
    const address = await link()
    await page.goto(address)
    await page.locator('input[name=next]').waitFor()
    await service.sql('update password_links set used_at = now() where used_at is null')
    await page.locator('input[name=next]').fill(password)
    await page.locator('input[name=again]').fill(password)
    await page.getByRole('button', { name: 'Enregistrer mon mot de passe' }).click()
    await page.getByText('Lien qui ne sert plus').waitFor()
    await page.goto('/connexion')
    await page.goto(address)
    await page.getByText('Lien qui ne sert plus').waitFor()
    await sound(own, 'lien-servi')
    await page.goto('/connexion')
    await page.goto('/connexion/choisir-mot-de-passe')
    await page.getByText('Lien incomplet').waitFor()
    await decide(false)
    await own.context.clearCookies({ name: 'session' })
    await page.goto('/connexion/mot-de-passe')
    await signIn(own, password)
    await page.getByText('n’ouvrent pas de compte ici').waitFor()
    await page.goto('/connexion')
    await page.waitForLoadState('networkidle')
    assert.equal(await page.getByRole('link', { name: 'Se connecter avec un mot de passe' }).count(), 0)
  })
})
