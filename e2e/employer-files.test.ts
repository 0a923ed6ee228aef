import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { describe } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import type { Row } from '../server/platform/export/cells.ts'
import { xlsxTable } from '../server/platform/export/xlsx-table.ts'
import { isSiret, siretText } from '../server/platform/siret.ts'
import type { Watched } from './browser.ts'
import { journeys, storyOf, title } from './journey.ts'

const { service, picture, sound, soundAtEveryWidth, signedIn } = journeys('fichier-employeurs')

const head = [
  'SIRET',
  'Raison sociale',
  'Ville',
  'Nom du contact',
  'Fonction',
  'Téléphone',
  'Date',
  'Canal',
  'Suite',
  'Notes',
]
const workbook = (rows: readonly Row[]) =>
  buffer(
    xlsxTable(
      {
        title: 'Contacts',
        head,
        pages: (async function* () {
          yield rows
        })(),
        closing: () => [],
      },
      new Date('2026-11-27T10:00:00Z'),
    ),
  )
const xlsx = async (name: string, rows: readonly Row[]) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: await workbook(rows),
})

/** The first SIRET from here on whose key holds. */
const keyed = (from: number): string => {
  for (let n = from; ; n++) if (isSiret(siretText(n))) return siretText(n)
}
const sirets = Array.from({ length: 500 }, (_, n) => keyed(91_000_000_000_000 + n * 100_000))
const day = { day: '2026-03-02' }
/** Four hundred and sixty are said by their SIRET, forty by a name that two of them bear. */
const rows: Row[] = sirets.map((siret, n) => {
  const twin = n >= 460
  return [
    twin ? '' : siret,
    twin ? `ATELIER JUMEAU ${Math.floor((n - 460) / 2)}` : `ATELIER ESSAI ${n}`,
    'Léognan',
    `Contact${n}`,
    'Gérance',
    `05 56 ${String(100_000 + n).replace(/(..)(..)(..)/, '$1 $2 $3')}`,
    day,
    n % 3 ? 'Tél.' : 'sur place',
    n % 2 ? 'aucun besoin' : 'à rappeler',
    `Vu au printemps, ligne ${n}.`,
  ]
})

let claire: Watched
const made = async () =>
  (
    await service.sql<{ exchanges: number; people: number; values: number; actions: number; targets: number }>(
      `select (select count(*)::int from exchanges) as exchanges, (select count(*)::int from correspondents) as people,
        (select count(*)::int from correspondent_values) as values, (select count(*)::int from next_actions) as actions,
        (select count(*)::int from campaign_targets where taken_by is not null) as targets`,
    )
  )[0]!
const mails = async () => (await service.sql<{ n: number }>(`select count(*)::int as n from mails`))[0]!.n
let before: Awaited<ReturnType<typeof made>>
let told: number

const step = storyOf(async () => {
  if (claire) await picture(claire.page, 'echec')
})

describe('a file of five hundred employers', { timeout: 1_200_000 }, () => {
  step('CAM-10: Claire finds the import from her portfolio, and her workbook is read on her device', async () => {
    await service.sql(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, employer, diffusion, region_id,
          departement_id, epci_id, clpe_id, street, postal_code, commune_code, commune_name, row_hash)
        select s, s / 100000, s % 100000,
          case when n > 460 then 'ATELIER JUMEAU ' || ((n - 461) / 2) else 'ATELIER ESSAI ' || (n - 1) end, true, true, true, 'O',
          t.region_id, t.departement_id, t.epci_id, t.clpe_id, n || ' RUE DES ESSAIS', '33850', '33238', 'LEOGNAN', 0
        from unnest($1::bigint[]) with ordinality u (s, n)
        cross join (select * from establishments where commune_code = '33238' limit 1) t`,
      [sirets],
    )
    ;[before, told] = [await made(), await mails()]
    claire = await signedIn(people.claire)
    const { page } = claire
    await page.getByRole('link', { name: 'Portefeuille', exact: true }).click()
    await title(page, 'Mon portefeuille')
    await page.getByRole('link', { name: 'Importer un fichier' }).click()
    await title(page, 'Importer un fichier d’employeurs')
    await soundAtEveryWidth(claire, 'choisir')
    // A large workbook is read in the page, whatever the policy says of workers.
    await page.getByLabel(/^Fichier d’employeurs/).setInputFiles(await xlsx('grand.xlsx', Array(20).fill(rows).flat()))
    await page.getByText(/10\s000\slignes, première feuille du classeur/).waitFor({ timeout: 240_000 })
    await page.getByRole('button', { name: 'Choisir un autre fichier' }).click()
    await page.getByLabel(/^Fichier d’employeurs/).setInputFiles(await xlsx('contacts.xlsx', rows))
    await page.getByText(/500\slignes, première feuille du classeur/).waitFor()
  })

  step('CAM-10: columns and words are proposed, and corrected', async () => {
    const { page } = claire
    const columnOf = (heading: string) => page.getByLabel(heading)
    assert.equal(await columnOf('SIRET').inputValue(), 'siret')
    assert.equal(await columnOf('Raison sociale').inputValue(), 'name')
    assert.equal(await columnOf('Nom du contact').inputValue(), 'familyName')
    assert.equal(await page.getByLabel('« sur place »').inputValue(), 'visite')
    assert.equal(await page.getByLabel('« aucun besoin »').inputValue(), 'pas-de-besoin')
    await soundAtEveryWidth(claire, 'colonnes')
    await columnOf('Téléphone').selectOption('')
    await columnOf('Téléphone').selectOption('phone')
    await page.getByRole('button', { name: 'Reconnaître les établissements' }).click()
    await title(page, 'contacts.xlsx')
    await page.getByText(/460\slignes reconnues par le SIRET/).waitFor({ timeout: 240_000 })
    assert.deepEqual(await made(), before, 'nothing is written')
  })

  step('CAM-10: forty doubtful rows are settled by keys alone, some by choice, one ignored', async () => {
    const { page } = claire
    await page.getByRole('heading', { name: /^À revoir : 40\slignes/ }).waitFor()
    await soundAtEveryWidth(claire, 'revoir')
    for (let left = 40; left > 0; left--) {
      await page.getByRole('heading', { name: new RegExp(`^À revoir : ${left}\\s`) }).waitFor()
      const group = page.getByRole('group', { name: /Quel établissement est-ce/ })
      // From one row to the next the focus is where one answers.
      if (left === 40) await group.getByRole('radio').first().focus()
      else await page.locator(`input[name="siret"]:focus`).first().waitFor()
      // The two twins in turn; the last row is ignored.
      await page.keyboard.press(left === 1 ? '4' : left % 2 ? '2' : '1')
      await page.keyboard.press('Enter')
    }
    await page.getByRole('heading', { name: /^À revoir/ }).waitFor({ state: 'detached' })
    assert.deepEqual(await made(), before, 'nothing is written')
    await page.reload()
    await page.getByText(/39\slignes revues par vous/).waitFor()
  })

  step(
    'CAM-10: the trial counts what would be made and writes nothing; the list of what is left out is saved',
    async () => {
      const { page } = claire
      await page.getByRole('button', { name: 'Essayer' }).click()
      await page.getByText(/^499\sinterlocuteurs à créer/).waitFor({ timeout: 240_000 })
      await page.getByText(/^499\séchanges passés à créer/).waitFor()
      await page.getByText(/^1\sligne : vous l’avez ignorée/).waitFor()
      await soundAtEveryWidth(claire, 'essai')
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Télécharger la liste' }).click()
      const list = await readFile((await (await saving).path())!, 'utf8')
      assert.match(
        list,
        /^\ufeff"Ligne du fichier";"Nom";"SIRET écrit";"Adresse";"Raison"\r\n"501";"ATELIER JUMEAU 19";"";"Léognan";"vous l’avez ignorée"\r\n$/,
      )
      assert.deepEqual(await made(), before, 'nothing is written')
    },
  )

  step(
    'CAM-10, EST-6: confirmed, the contacts are in the cards, said to come from a file; nobody is told',
    async () => {
      const { page } = claire
      await page.getByRole('button', { name: 'Importer', exact: true }).click()
      await page.getByText('Peut être défait jusqu’au').waitFor({ timeout: 120_000 })
      await page.getByText(/^499\séchanges passés créés/).waitFor()
      await soundAtEveryWidth(claire, 'compte-rendu')
      const after = await made()
      assert.deepEqual(
        [after.exchanges - before.exchanges, after.people - before.people, after.actions, after.targets],
        [499, 499, before.actions, before.targets],
      )
      assert.equal(await mails(), told)
      await page.goto(`/etablissements/${sirets[0]}`)
      await page.getByText('Vu au printemps, ligne 0.').first().waitFor()
      await page.getByText('Repris d’un fichier').first().waitFor()
      await page
        .getByText(/^D’après le fichier « .+ », importé le /)
        .first()
        .waitFor()
      await page.getByText('Contact0').first().waitFor()
      await sound(claire, 'fiche')
    },
  )

  step('CAM-10: the whole is undone from its report, and the cards are as before', async () => {
    const { page } = claire
    await page.goto('/fichiers-employeurs')
    await page.getByRole('link', { name: 'contacts.xlsx' }).click()
    await page.getByRole('button', { name: 'Défaire cet import' }).click()
    const dialog = page.getByRole('dialog', { name: 'Défaire cet import ?' })
    await picture(page, 'defaire')
    await dialog.getByRole('button', { name: 'Défaire l’import' }).click()
    await page.getByText(/^499\séchanges retirés/).waitFor({ timeout: 120_000 })
    await soundAtEveryWidth(claire, 'defait')
    assert.deepEqual(await made(), before)
    await page.goto('/fichiers-employeurs')
    await page.getByRole('link', { name: 'contacts.xlsx' }).waitFor()
    await soundAtEveryWidth(claire, 'liste')
  })

  step(
    'CAM-10: a CSV of the same titles has its columns as they were said; an unknown employer is looked for',
    async () => {
      const { page } = claire
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: /ou page$/ }).fill('importer un fichier')
      await page.getByRole('option', { name: /Importer un fichier d’employeurs/ }).click()
      await title(page, 'Importer un fichier d’employeurs')
      const lines = rows
        .slice(0, 250)
        .map(cells => [...cells.slice(0, 6), '02/03/2026', ...cells.slice(7)].join(';'))
        .concat(';Maison Que Nul Ne Connaît;Léognan;Contact500;Gérance;0556100500;03/03/2026;Tél.;aucun besoin;')
      const text = `${head.join(';')}\r\n${lines.join('\r\n')}\r\n`
      await page.getByLabel(/^Fichier d’employeurs/).setInputFiles({
        name: 'contacts.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text.replaceAll('’', "'"), 'latin1'),
      })
      await page.getByText(/251\slignes, séparé par des points-virgules, caractères Windows-1252/).waitFor()
      await page.getByText('Les colonnes sont celles que votre structure a dites').waitFor()
      await page.getByRole('button', { name: 'Reconnaître les établissements' }).click()
      await page.getByRole('heading', { name: /^À revoir : 1\sligne/ }).waitFor({ timeout: 240_000 })
      await page.getByRole('combobox', { name: /^Établissement/ }).fill(`atelier essai 400`)
      await page.getByRole('option', { name: /ATELIER ESSAI 400/ }).click()
      await sound(claire, 'inconnue')
      await page.getByRole('button', { name: 'Valider et passer à la suivante' }).click()
      await page.getByRole('button', { name: 'Essayer', exact: true }).click()
      await page.getByText(/^251\séchanges passés à créer/).waitFor({ timeout: 240_000 })
    },
  )

  step(
    'CAM-10, UX-2: an import goes on while one is elsewhere, and is found again; its tab closed, it goes on once reopened',
    async () => {
      const { page } = claire
      // Its third part is held: two are done wherever one is.
      const held = Promise.withResolvers<void>()
      const reached = Promise.withResolvers<void>()
      const second = Promise.withResolvers<void>()
      const parts = /\/advance$/
      let asked = 0
      await page.route(parts, async route => {
        asked += 1
        if (asked === 2) await second.promise
        if (asked === 3) {
          reached.resolve()
          await held.promise
        }
        await route.continue().catch(() => {})
      })
      await page.getByRole('button', { name: 'Importer', exact: true }).click()
      await page.getByText(/100 sur 251/).waitFor({ timeout: 240_000 })
      await page.getByText('Vous pouvez quitter cette page').waitFor()
      await soundAtEveryWidth(claire, 'en-cours')
      await page.getByRole('link', { name: 'Accueil' }).first().click()
      await page.getByRole('heading', { name: 'Travail en cours' }).waitFor()
      await page.getByRole('link', { name: 'Importer contacts.csv' }).waitFor()
      second.resolve()
      await reached.promise
      assert.equal((await made()).exchanges - before.exchanges, 200, 'from the home page')
      await page.getByRole('link', { name: 'Mes travaux longs' }).click()
      await title(page, 'Mes travaux longs')
      const row = page.getByRole('row', { name: /Importer contacts\.csv/ })
      await row.getByText('200 sur 251', { exact: true }).waitFor({ timeout: 240_000 })
      await soundAtEveryWidth(claire, 'travaux')

      await page.reload()
      await row.getByText('200 sur 251, ouvrez-le pour qu’il continue').waitFor({ timeout: 240_000 })
      held.resolve()
      await page.unroute(parts)
      await row.getByRole('link').first().click()
      await page.getByText('Peut être défait jusqu’au').waitFor({ timeout: 120_000 })
      assert.equal((await made()).exchanges - before.exchanges, 251)
      await page.goto('/mes-travaux')
      await row.getByText('importé').waitFor()
      // One’s own alone.
      const ines = await signedIn(people.ines)
      await ines.page.goto('/mes-travaux')
      await title(ines.page, 'Mes travaux longs')
      await ines.page.getByText('Aucun travail').waitFor()
      await ines.context.close()
    },
  )
})
