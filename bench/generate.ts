import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import {
  establishmentColumns,
  lambert93,
  unitColumns,
} from '../server/territory-and-register/register/testing-official-layout.ts'
import { readCog } from '../server/territory-and-register/territories/import-territories.ts'
import { Chance, common, fillers, firstName, streets, surname, trades, wayKinds } from './words.ts'

/**
 * The two official stock files, generated: active establishments, in order of SIREN as INSEE sorts them, with a
 * distribution like the real one: communes by population, activities and headcounts by how frequent they are, names
 * with repeats (chains, the same trades everywhere) and a vocabulary of hundreds of thousands of words, one natural
 * person in ten of partial diffusion.
 */
export const generate = async (
  folder: string,
  establishments: number,
  onProgress: (done: number) => void = () => {},
): Promise<{ units: string; establishments: string }> => {
  const files = {
    units: `${folder}/StockUniteLegale_utf8.csv`,
    establishments: `${folder}/StockEtablissement_utf8.csv`,
  }
  const [units, places] = [
    await writerOf(files.units, unitColumns),
    await writerOf(files.establishments, establishmentColumns),
  ]
  const chance = new Chance(20260701)
  const communeOf = communesByPopulation(chance)
  const chains = Array.from({ length: 400 }, (_, i) => ({
    name: `${chance.common(trades)} ${surname(400 + i * 37)}`,
    establishments: Math.ceil(4000 / (i + 1)),
  }))
  const chainEvery = Math.max(1, Math.floor(establishments / 1.2 / chains.length))
  let written = 0
  for (let unit = 0; written < establishments; unit++) {
    const siren = sirenOf(30_000_000 + unit)
    const chain = unit % chainEvery === chainEvery - 1 ? chains[Math.floor(unit / chainEvery)] : undefined
    const it = unitOf(chance, chain?.name)
    await units.write(it.row(siren))
    const number = chain
      ? Math.max(1, Math.round((chain.establishments * establishments) / 16_700_000))
      : it.person
        ? chance.next() < 0.06
          ? 2
          : 1
        : 1 + chance.zipf(7)
    for (let i = 0; i < number && written < establishments; i++, written++) {
      await places.write(establishmentOf(chance, it, siren, i, communeOf(), number))
      if (written % 100_000 === 0) onProgress(written)
    }
  }
  await units.end()
  await places.end()
  return files
}

const sirenOf = (base: number): string => {
  const digits = String(base)
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const d = digits.charCodeAt(7 - i) - 48
    const v = i % 2 === 0 ? d * 2 : d
    sum += v > 9 ? v - 9 : v
  }
  return digits + String((10 - (sum % 10)) % 10)
}
const siretOf = (siren: string, serial: number): string => {
  const digits = siren + String(serial + 1).padStart(4, '0')
  let sum = 0
  for (let i = 0; i < 13; i++) {
    const d = digits.charCodeAt(12 - i) - 48
    const v = i % 2 === 0 ? d * 2 : d
    sum += v > 9 ? v - 9 : v
  }
  return digits + String((10 - (sum % 10)) % 10)
}

interface Commune {
  readonly code: string
  readonly name: string
  readonly postalCode: string
  readonly x: string
  readonly y: string
}
const communesByPopulation = (chance: Chance): (() => Commune) => {
  const living = readCog().communes.filter(c => c.type === 'commune-actuelle')
  const communes = living.map((c): Commune => {
    const [x, y] = lambert93(43 + chance.next() * 7, -1 + chance.next() * 7)
    return {
      code: c.code,
      name: c.nom
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replaceAll('’', ' ')
        .toUpperCase(),
      postalCode: c.codesPostaux?.[0] ?? `${c.code.slice(0, 2)}000`,
      x,
      y,
    }
  })
  // Weighed by population, and by the one establishment that even the smallest has.
  const upTo = new Float64Array(living.length)
  let total = 0
  living.forEach((c, i) => {
    total += (c.population ?? 0) + 20
    upTo[i] = total
  })
  return () => {
    const at = chance.next() * total
    let [low, high] = [0, upTo.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! < at) low = middle + 1
      else high = middle
    }
    return communes[low]!
  }
}

const activities = (
  '68.20B 96.02A 43.21A 70.22Z 56.10A 01.11Z 49.41A 94.99Z 47.91B 86.90D 81.21Z 43.34Z 41.20A 62.02A 85.59A 43.99C 45.20A 70.10Z 96.09Z 74.10Z 68.20A 43.22A 01.21Z 47.11B 56.10C 69.10Z 88.10A 86.21Z 10.71C 55.20Z 90.01Z 93.12Z 47.73Z 46.90Z 47.99A ' +
  '49.32Z 66.22Z 71.11Z 71.12B 73.11Z 43.91A 43.32A 43.33Z 47.71C 47.76Z 47.24Z 47.22Z 56.30Z 55.10Z 47.26Z 85.51Z 93.13Z 84.11Z 85.20Z 88.91A 87.10A 53.10Z 64.19Z 65.12Z 52.29B 49.42Z 46.73A 25.62B 16.24Z 22.22Z 10.13A 28.29B 33.12Z 38.32Z 78.20Z 80.10Z 82.99Z'
).split(' ')
const bands = [
  '01',
  '01',
  '01',
  '01',
  '01',
  '01',
  '02',
  '02',
  '02',
  '03',
  '03',
  '11',
  '11',
  '12',
  '12',
  '21',
  '22',
  '31',
  '32',
  '41',
]

interface Unit {
  readonly person: boolean
  readonly partial: boolean
  readonly activity: string
  readonly row: (siren: string) => string
}
const unitOf = (chance: Chance, chain: string | undefined): Unit => {
  const activity = chance.common(activities)
  const of = (over: { person: boolean; partial: boolean }, values: Record<string, string>): Unit => ({
    ...over,
    activity,
    row: siren =>
      line(unitColumns, {
        siren,
        statutDiffusionUniteLegale: over.partial ? 'P' : 'O',
        dateCreationUniteLegale: '2015-03-01',
        dateDernierTraitementUniteLegale: '2026-06-01T10:20:30',
        etatAdministratifUniteLegale: 'A',
        activitePrincipaleUniteLegale: activity,
        nomenclatureActivitePrincipaleUniteLegale: 'NAFRev2',
        nicSiegeUniteLegale: '00010',
        ...values,
      }),
  })
  if (chain)
    return of(
      { person: false, partial: false },
      {
        categorieJuridiqueUniteLegale: '5599',
        denominationUniteLegale: chain,
        caractereEmployeurUniteLegale: 'O',
        categorieEntreprise: 'GE',
      },
    )
  const kind = chance.next()
  if (kind < 0.62) {
    const partial = chance.next() < 0.1
    return of(
      { person: true, partial },
      {
        categorieJuridiqueUniteLegale: '1000',
        categorieEntreprise: 'PME',
        nomUniteLegale: partial ? '[ND]' : surname(chance.zipf(900_000)),
        prenom1UniteLegale: partial ? '[ND]' : firstName(chance.zipf(4_000)),
        caractereEmployeurUniteLegale: 'N',
      },
    )
  }
  const word = () => (chance.next() < 0.5 ? surname(chance.zipf(900_000)) : chance.common(common))
  const name =
    kind < 0.76
      ? `SCI ${chance.pick(fillers)} ${word()}`
      : kind < 0.81
        ? `ASSOCIATION ${chance.common(trades)} ${chance.pick(fillers)} ${word()}`
        : chance.next() < 0.4
          ? `${chance.pick(['SARL', 'SAS', 'EURL'])} ${chance.common(trades)} ${word()}`
          : chance.next() < 0.5
            ? `${word()} ${chance.common(trades)}`
            : `${chance.common(trades)} ${chance.pick(fillers)} ${word()}`
  return of(
    { person: false, partial: chance.next() < 0.01 },
    {
      categorieJuridiqueUniteLegale: kind < 0.76 ? '6540' : kind < 0.81 ? '9220' : kind < 0.815 ? '7210' : '5710',
      categorieEntreprise: kind < 0.99 ? 'PME' : kind < 0.995 ? 'ETI' : '',
      trancheEffectifsUniteLegale: kind < 0.93 ? '01' : '12',
      denominationUniteLegale: name,
      ...(chance.next() < 0.04 ? { sigleUniteLegale: surname(chance.below(5_000)).slice(0, 4) } : {}),
      caractereEmployeurUniteLegale: 'O',
    },
  )
}

const establishmentOf = (
  chance: Chance,
  unit: Unit,
  siren: string,
  serial: number,
  commune: Commune,
  count: number,
): string => {
  const employer = !unit.person ? chance.next() < 0.34 : chance.next() < 0.03
  const siret = siretOf(siren, serial)
  return line(establishmentColumns, {
    siren,
    nic: siret.slice(9),
    siret,
    statutDiffusionEtablissement: unit.partial ? 'P' : 'O',
    dateCreationEtablissement: '2015-03-01',
    dateDernierTraitementEtablissement: '2026-06-01T10:20:30',
    etablissementSiege: serial === 0 ? 'true' : 'false',
    dateDebut: '2015-03-01',
    etatAdministratifEtablissement: 'A',
    trancheEffectifsEtablissement: employer ? chance.pick(bands) : 'NN',
    anneeEffectifsEtablissement: employer ? '2023' : '',
    caractereEmployeurEtablissement: employer ? 'O' : 'N',
    codeCommuneEtablissement: commune.code,
    libelleCommuneEtablissement: commune.name,
    activitePrincipaleEtablissement: unit.activity,
    nomenclatureActivitePrincipaleEtablissement: 'NAFRev2',
    ...(unit.partial
      ? {}
      : {
          numeroVoieEtablissement: String(1 + chance.zipf(300)),
          typeVoieEtablissement: chance.pick(wayKinds),
          libelleVoieEtablissement: `${chance.pick(fillers)} ${chance.next() < 0.6 ? chance.common(streets) : surname(chance.zipf(60_000))}`,
          codePostalEtablissement: commune.postalCode,
          coordonneeLambertAbscisseEtablissement: commune.x,
          coordonneeLambertOrdonneeEtablissement: commune.y,
          ...(chance.next() < 0.13
            ? { enseigne1Etablissement: `${chance.common(trades)} ${chance.pick(fillers)} ${chance.common(common)}` }
            : {}),
          ...(chance.next() < 0.06
            ? {
                denominationUsuelleEtablissement: `${chance.common(trades)} ${count > 5 ? commune.name : surname(chance.zipf(900_000))}`,
              }
            : {}),
        }),
  })
}

// In the order of the file's columns, most of them empty; nothing generated holds a quote or a separator.
const line = (columns: readonly string[], values: Record<string, string>): string => {
  let out = values[columns[0]!] ?? ''
  for (let i = 1; i < columns.length; i++) {
    const value = values[columns[i]!]
    out += value === undefined ? ',' : `,${value}`
  }
  return `${out}\n`
}

const writerOf = async (path: string, columns: readonly string[]) => {
  const out = createWriteStream(path)
  let held = `${columns.join(',')}\n`
  const flush = async () => {
    const full = !out.write(held, 'latin1')
    held = ''
    if (full) await once(out, 'drain')
  }
  return {
    write: (row: string): Promise<void> | undefined => {
      held += row
      return held.length > 1 << 20 ? flush() : undefined
    },
    end: async () => {
      await flush()
      out.end()
      await once(out, 'close')
    },
  }
}
