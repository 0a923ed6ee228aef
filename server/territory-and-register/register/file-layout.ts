import { isSiren, isSiret } from '../../platform/siret.ts'
import { isDay } from '../../platform/time.ts'
import type { Judge } from './line-scanner.ts'

export type RegisterKind = 'units' | 'establishments'
/** What the official files hold: the register, and who took whose place. */
export type FileKind = RegisterKind | 'successions'

/** The columns that are read, by name: INSEE adds some without notice. Those of the first list must be there. */
export const layouts = {
  establishments: {
    key: 'siret',
    required: ['siret', 'statutDiffusionEtablissement', 'etatAdministratifEtablissement', 'codeCommuneEtablissement'],
    used: [
      'dateCreationEtablissement',
      'trancheEffectifsEtablissement',
      'anneeEffectifsEtablissement',
      'dateDernierTraitementEtablissement',
      'etablissementSiege',
      'complementAdresseEtablissement',
      'numeroVoieEtablissement',
      'indiceRepetitionEtablissement',
      'typeVoieEtablissement',
      'libelleVoieEtablissement',
      'codePostalEtablissement',
      'libelleCommuneEtablissement',
      'libelleCommuneEtrangerEtablissement',
      'distributionSpecialeEtablissement',
      'codePaysEtrangerEtablissement',
      'libellePaysEtrangerEtablissement',
      'coordonneeLambertAbscisseEtablissement',
      'coordonneeLambertOrdonneeEtablissement',
      'dateDebut',
      'enseigne1Etablissement',
      'enseigne2Etablissement',
      'enseigne3Etablissement',
      'denominationUsuelleEtablissement',
      'activitePrincipaleEtablissement',
      'nomenclatureActivitePrincipaleEtablissement',
      'caractereEmployeurEtablissement',
      'activitePrincipaleNAF25Etablissement',
    ],
  },
  units: {
    key: 'siren',
    required: ['siren', 'statutDiffusionUniteLegale', 'etatAdministratifUniteLegale', 'categorieJuridiqueUniteLegale'],
    used: [
      'dateCreationUniteLegale',
      'sigleUniteLegale',
      'prenom1UniteLegale',
      'prenomUsuelUniteLegale',
      'trancheEffectifsUniteLegale',
      'anneeEffectifsUniteLegale',
      'dateDernierTraitementUniteLegale',
      'categorieEntreprise',
      'nomUniteLegale',
      'nomUsageUniteLegale',
      'denominationUniteLegale',
      'denominationUsuelle1UniteLegale',
      'denominationUsuelle2UniteLegale',
      'denominationUsuelle3UniteLegale',
      'activitePrincipaleUniteLegale',
      'nomenclatureActivitePrincipaleUniteLegale',
      'economieSocialeSolidaireUniteLegale',
      'caractereEmployeurUniteLegale',
      'activitePrincipaleNAF25UniteLegale',
    ],
  },
  successions: {
    key: 'siretEtablissementPredecesseur',
    required: [
      'siretEtablissementPredecesseur',
      'siretEtablissementSuccesseur',
      'dateLienSuccession',
      'transfertSiege',
      'continuiteEconomique',
    ],
    used: ['dateDernierTraitementLienSuccession'],
  },
} as const

/** Columns that older files do not have. */
const recent = new Set(['activitePrincipaleNAF25Etablissement', 'activitePrincipaleNAF25UniteLegale'])

export interface Layout {
  readonly kind: FileKind
  /** Names for the staging table, in the order of the file. */
  readonly columns: readonly string[]
  /** Used columns the file lacks: left empty, and said. */
  readonly missing: readonly string[]
}

/** Which official file this header belongs to; undefined when it is none. */
export const recognise = (header: readonly string[]): Layout | undefined => {
  for (const kind of ['establishments', 'units', 'successions'] as const) {
    const { required, used } = layouts[kind]
    if (!required.every(name => header.includes(name))) continue
    return {
      kind,
      columns: header.map((name, i) =>
        /^[A-Za-z][A-Za-z0-9]{0,60}$/.test(name) && header.indexOf(name) === i ? name.toLowerCase() : `column_${i}`,
      ),
      missing: used.filter(name => !header.includes(name) && !recent.has(name)),
    }
  }
  return undefined
}

type Reader = (buffer: Buffer, starts: Int32Array, ends: Int32Array) => string
/** Reads the fields a rule needs from the bytes of one line. */
export const fieldReader = (header: readonly string[], name: string): Reader => {
  const index = header.indexOf(name)
  return (buffer, starts, ends) => {
    const text = buffer.toString('latin1', starts[index], ends[index])
    return text.startsWith('"') ? text.slice(1, -1) : text
  }
}

/** Reasons a sound line is no line of the register. */
export const faultOf = (kind: RegisterKind, key: string, state: string, diffusion: string): string | undefined => {
  const [digits, isKey, states] =
    kind === 'establishments' ? ([14, isSiret, 'AF'] as const) : ([9, isSiren, 'AC'] as const)
  if (key === '') return `no-${layouts[kind].key}`
  if (key.length !== digits || !/^\d+$/.test(key)) return `not-${digits}-digits`
  if (!isKey(key)) return `wrong-${layouts[kind].key}-key`
  if (state.length !== 1 || !states.includes(state)) return 'unknown-state'
  if (diffusion.length !== 1 || !'OPN'.includes(diffusion)) return 'unknown-diffusion'
  return undefined
}

/** A link names two establishments, a day, and says yes or no twice; the same link twice is one. */
const judgeOfLinks = (header: readonly string[]): Judge => {
  const [predecessor, successor, day, transfer, continuity] = layouts.successions.required.map(name =>
    fieldReader(header, name),
  ) as [Reader, Reader, Reader, Reader, Reader]
  return (buffer, starts, ends) => {
    for (const siret of [predecessor(buffer, starts, ends), successor(buffer, starts, ends)]) {
      const fault = faultOf('establishments', siret, 'A', 'O')
      if (fault) return fault
    }
    if (!isDay(day(buffer, starts, ends))) return 'unreadable-day'
    for (const flag of [transfer, continuity])
      if (!/^(true|false)$/.test(flag(buffer, starts, ends))) return 'unreadable-flag'
    return undefined
  }
}

/** The same, and repeats: those within what is still in memory are found here, the others by the database. */
export const judgeOf = (
  kind: FileKind,
  header: readonly string[],
  accept: (key: number, line: number) => boolean,
): Judge => {
  if (kind === 'successions') return judgeOfLinks(header)
  const [state, diffusion] =
    kind === 'establishments'
      ? [fieldReader(header, 'etatAdministratifEtablissement'), fieldReader(header, 'statutDiffusionEtablissement')]
      : [fieldReader(header, 'etatAdministratifUniteLegale'), fieldReader(header, 'statutDiffusionUniteLegale')]
  const key = fieldReader(header, layouts[kind].key)
  return (buffer, starts, ends, line) => {
    const number = key(buffer, starts, ends)
    const fault = faultOf(kind, number, state(buffer, starts, ends), diffusion(buffer, starts, ends))
    if (fault) return fault
    return accept(Number(number), line) ? undefined : `repeated-${layouts[kind].key}`
  }
}
