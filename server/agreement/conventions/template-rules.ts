import { type Block, grouped, missingOf, render, tableOf, type Values } from '../../../contract/agreement/template.ts'
import { theStructure } from '../../../contract/names-in-french.ts'
import { categoriesOf } from '../../../contract/route.ts'
import { dataCategoryWords, noticeRoleWords, toolWords } from '../../../contract/words.ts'
import { dayInWords } from '../../platform/french.ts'
import { siretText } from '../../platform/siret.ts'
import { parisDay } from '../../platform/time.ts'
import type { ToolInForce } from '../tools/annex-rules.ts'
import type { ContactRole, OperatorIdentity, OtherSiret } from './convention-rules.ts'
import type { Party } from './deadlines.ts'
import type { DeputyVersion } from './delegation-rules.ts'
import { deputiesInWords } from './deputy-rules.ts'

interface Source {
  readonly convention: {
    readonly number: string
    readonly firstTermOn: string
    readonly regionName: string
    readonly organisation: { readonly name: string }
    readonly siret: number
    readonly address: string | null
    readonly otherSirets: readonly OtherSiret[]
    readonly operator: OperatorIdentity | null
  }
  readonly deputies: readonly DeputyVersion[]
  /** The names of those that bound its grants (ACC-15). */
  readonly territories: readonly string[]
  readonly signatories: readonly {
    readonly party: Party
    readonly name: string
    readonly capacity: string
    readonly act: string | null
    readonly actOn: string | null
  }[]
  readonly contacts: readonly {
    readonly party: Party
    readonly role: ContactRole
    readonly name: string
    readonly email: string
    readonly phone: string | null
    readonly startsAt: Date
    readonly endsAt: Date | null
  }[]
}
const sentence = (text: string): string => {
  const said = text.trim().replaceAll(/\s+/g, ' ')
  return /[.!?…]$/.test(said) ? said : `${said}.`
}
/** Annex 4 of one tool, as it was published: what it is for, its data, what the operator commits to (AGR-1). */
const annexOf = ({ tool, purpose, dataCategories, categories, commitments, documentationUrl }: ToolInForce): string =>
  [
    toolWords[tool],
    ...(purpose === null ? [] : [`Finalité : ${purpose}`]),
    ...(dataCategories === null ? [] : [`Données : ${dataCategories.join(', ')}`]),
    ...(categories === null || categoriesOf[tool].length === 0
      ? []
      : [`Catégories de données ouvertes : ${categories.map(c => dataCategoryWords[c]).join(', ') || 'aucune'}`]),
    ...(commitments === null ? [] : [`Engagements de service : ${commitments}`]),
    ...(documentationUrl === null ? [] : [`Documentation : ${documentationUrl}`]),
  ]
    .map((said, _n, all) => (all.length === 1 ? said : sentence(said)))
    .join(' ')
const spaced = (siret: number): string =>
  siretText(siret).replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1\u00A0$2\u00A0$3\u00A0$4')
/** Its name until an administrator records who it is. */
const operatorName = ({ operator }: Pick<Source['convention'], 'operator'>): string =>
  operator?.name ?? 'France Travail'
const written = (day: string | null | undefined): string | null => (day ? dayInWords(day) : null)
export const valuesOf = (
  { convention, territories, signatories, contacts }: Source,
  tools: readonly ToolInForce[],
  now: Date,
): Values => {
  const signatory = (party: Party) => signatories.find(s => s.party === party)
  const current = (party: Party) =>
    contacts
      .filter(c => c.party === party && c.startsAt <= now && (c.endsAt === null || c.endsAt > now))
      .map(c => `${noticeRoleWords[c.role]} : ${c.name}, ${c.email}${c.phone ? `, ${c.phone}` : ''}`)
  const [partner, operator] = [signatory('partenaire'), signatory('operateur')]
  return {
    'convention.numero': convention.number,
    'convention.terme': dayInWords(convention.firstTermOn),
    'region.nom': convention.regionName,
    'partenaire.nom': convention.organisation.name,
    'partenaire.siret': spaced(convention.siret),
    'partenaire.sirets':
      convention.otherSirets.map(({ name, siret }) => `${name} (SIRET ${spaced(siret)})`).join(', ') || 'aucun',
    'partenaire.adresse': convention.address,
    'partenaire.signataire': partner?.name ?? null,
    'partenaire.qualite': partner?.capacity ?? null,
    'partenaire.acte': partner?.act ?? null,
    'partenaire.acte.date': written(partner?.actOn),
    'operateur.identite': [
      operatorName(convention),
      ...(convention.operator ? [`SIRET ${spaced(convention.operator.siret)}`, convention.operator.address] : []),
    ].join(', '),
    'operateur.nom': operatorName(convention),
    'operateur.siret': convention.operator && spaced(convention.operator.siret),
    'operateur.adresse': convention.operator?.address ?? null,
    'operateur.signataire': operator?.name ?? null,
    'operateur.qualite': operator?.capacity ?? null,
    'operateur.acte': operator?.act ?? null,
    'operateur.acte.date': written(operator?.actOn),
    'partenaire.interlocuteurs': current('partenaire'),
    'operateur.interlocuteurs': current('operateur'),
    territoires: territories,
    outils: tools.map(annexOf),
  }
}
const laidOut = (blocks: readonly Block[]) =>
  grouped(blocks).map(one => ({ blocks: one, table: one[0]!.kind === 'row' ? tableOf(one) : [] }))
/** What convention.typ lays out. */
export const printed = (source: Source, title: string, blocks: readonly Block[], made: Date) => ({
  title: `${title} n° ${source.convention.number}`,
  description: `Convention entre l’opérateur ${operatorName(source.convention)} et ${theStructure(source.convention.organisation.name)}, avec ses annexes.`,
  author: 'Campagnes coordonnées',
  footer: `Convention n° ${source.convention.number} · composée le ${dayInWords(parisDay(made))}`,
  groups: laidOut(blocks),
  signatures: signedBy(source, made),
})
/** Who signs, and who may in their place on that day (AGR-15); nothing is said where nobody may. */
const signedBy = (source: Pick<Source, 'convention' | 'signatories' | 'deputies'>, day: Date) =>
  (['partenaire', 'operateur'] as const).map(party => ({
    party:
      party === 'partenaire'
        ? `Pour ${theStructure(source.convention.organisation.name)}`
        : `Pour l’opérateur ${operatorName(source.convention)}`,
    name: source.signatories.find(s => s.party === party)?.name ?? '',
    capacity: source.signatories.find(s => s.party === party)?.capacity ?? '',
    ...(said => (said.length ? { deputies: said } : {}))(deputiesInWords(source, party, parisDay(day))),
  }))

export interface Amending {
  readonly title: string
  readonly body: string
  readonly termOn: string | null
  readonly renews: boolean
  /** Those that it adds to the partner's, by name (ACC-15). */
  readonly given?: readonly string[]
  readonly signatories: Readonly<Record<Party, { name: string; capacity: string; act: string; actOn: string }>>
}
export const namedBy = ({ signatories }: Pick<Amending, 'signatories'>) =>
  (['partenaire', 'operateur'] as const).map(party => ({ party, ...signatories[party] }))
const amendmentBody = (
  number: number,
  { title, body, termOn, renews, given = [] }: Amending,
  partner: string,
): string =>
  [
    `# Avenant n° ${number} à la convention n° {{convention.numero}}`,
    `Entre l’opérateur {{operateur.identite}}, direction régionale {{region.nom}}, et ${theStructure(partner)} (SIRET {{partenaire.siret}}).`,
    '- Pour l’opérateur : {{operateur.signataire}}, {{operateur.qualite}}, en vertu de l’acte : {{operateur.acte}}, du {{operateur.acte.date}}',
    '- Pour le partenaire : {{partenaire.signataire}}, {{partenaire.qualite}}, en vertu de l’acte : {{partenaire.acte}}, du {{partenaire.acte.date}}',
    `## ${title.trim().replaceAll(/\s+/g, ' ')}`,
    body.trim(),
    ...(termOn === null
      ? []
      : [
          renews
            ? `La période en cours va jusqu’au ${dayInWords(termOn)} à 24 heures ; les reconductions de trois mois comptent de ce jour.`
            : `La convention prend fin le ${dayInWords(termOn)} à 24 heures, sans reconduction.`,
        ]),
    ...(given.length === 0
      ? []
      : [
          'S’ajoutent aux territoires du partenaire, dès que cet avenant prend effet :',
          given.map(name => `- ${name}`).join('\n'),
        ]),
    'Les autres stipulations ne changent pas. Cet avenant prend effet à la seconde des deux signatures.',
  ].join('\n\n')
/**
 * An amendment as convention.typ lays it out, with the fields of the model; and what it lacks (AGR-6). `now`: when its
 * fields are read; `made`: when it is, or was, composed.
 */
export const amendmentOf = (
  source: Source,
  number: number,
  amending: Amending,
  tools: readonly ToolInForce[],
  { now, made }: { readonly now: Date; readonly made: Date },
) => {
  const named = { ...source, signatories: namedBy(amending) }
  const { name } = source.convention.organisation
  const body = amendmentBody(number, amending, name)
  const values = valuesOf(named, tools, now)
  const title = `Avenant n° ${number} à la convention n° ${source.convention.number}`
  return {
    blanks: missingOf(body, values),
    data: {
      title,
      description: `${title}, entre l’opérateur ${operatorName(source.convention)} et ${theStructure(name)}.`,
      author: 'Campagnes coordonnées',
      footer: `${title} · composé le ${dayInWords(parisDay(made))}`,
      groups: laidOut(render(body, values)),
      signatures: signedBy(named, now),
    },
  }
}
