import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, title } from './journey.ts'

const { sound, signedIn } = journeys('accueils')

const rows = (page: Page) => page.locator('main table tbody tr').count()
/** The title of the page behind a duty, and how many of it that page shows; none where the duty counts nothing. */
const behind: readonly (readonly [RegExp, string, ((page: Page) => Promise<number>)?])[] = [
  [
    /demandes? d’habilitation/,
    'Demandes d’habilitation',
    page => page.getByRole('button', { name: /^Décider/ }).count(),
  ],
  [/anomalies? à corriger/, 'Anomalies', rows],
  [/dont l’inactivité entraînera la suspension/, 'Personnes', rows],
  [
    /actes? d’engagement/,
    'Actes d’engagement et attestations',
    page => page.getByRole('row', { name: /en attente de l’opérateur/i }).count(),
  ],
  [
    /attestations? du module RGC/,
    'Actes d’engagement et attestations',
    page => page.getByRole('button', { name: /^Enregistrer l’attestation/ }).count(),
  ],
  [
    /structures? sous convention/,
    'Actes d’engagement et attestations',
    async page =>
      (await page.getByText('sous convention sans RGC').locator('xpath=following-sibling::*').innerText()).split(
        /, | et /,
      ).length,
  ],
  [
    /parties? de l’équipement/,
    'Équipement de la structure',
    async page =>
      (await page.getByText(/^Votre structure n’a encore jamais validé/).innerText()).split(/, | et /).length,
  ],
  [/conventions? /, 'Conventions', rows],
  // There from thirty days before it is due.
  [/^Revue des accès à commencer/, 'Revue des accès'],
]
const duties = (page: Page) =>
  page.getByRole('heading', { name: 'À faire' }).locator('xpath=ancestor::section').getByRole('listitem')

for (const [who, role, expected] of [
  // Before his account manager comes in: her inactivity is what waits for him.
  ['gilles', 'a signatory', ['inactivité']],
  ['maite', 'an account manager', ['demandes? d’habilitation', 'anomalies?', 'inactivité', 'équipement']],
  ['odile', 'the CSSI', ['actes? d’engagement', 'attestations?', 'structures? sous convention', 'équipement']],
  ['sylvie', 'a regional office', ['sans responsable', 'interlocuteurs? manquants?']],
  ['samir', 'an administrator', ['équipement']],
] as const)
  test(`POR-5: ${role} finds what waits for them, and behind each line as many as it says`, {
    timeout: 1_200_000,
  }, async () => {
    const watched = await signedIn(people[who])
    const { page } = watched
    for (const what of expected)
      await duties(page)
        .filter({ hasText: new RegExp(what) })
        .waitFor()
    await sound(watched, who)
    const many = await duties(page).count()
    for (let n = 0; n < many; n++) {
      const line = duties(page).nth(n)
      const text = (await line.innerText()).replaceAll(/[\u00A0\u202F]/g, ' ')
      const [, name, count] = behind.find(([says]) => says.test(text)) ?? assert.fail(text)
      await line.getByRole('link').press('Enter')
      await title(page, name)
      if (count) {
        await page.locator('main :is(table tbody tr, .fr-notice, .fr-alert)').first().waitFor()
        assert.equal(await count(page), Number(/^\d+/.exec(text)?.[0]), text)
      }
      await page.goBack()
      await duties(page)
        .nth(many - 1)
        .waitFor()
    }
  })
