import type { Block, Values } from '../../../contract/agreement/template.ts'
import type { Tool } from '../../../contract/route.ts'
import { noticeRoleWords, toolWords } from '../../../contract/words.ts'
import { dayInWords } from '../../platform/french.ts'
import { siretText } from '../../platform/siret.ts'
import { parisDay } from '../../platform/time.ts'
import type { ContactRole } from './convention-rules.ts'
import type { Party } from './deadlines.ts'

interface Source {
  readonly convention: {
    readonly number: string
    readonly firstTermOn: string
    readonly regionName: string
    readonly organisation: { readonly name: string }
    readonly siret: number
  }
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
const written = (day: string | null | undefined): string | null => (day ? dayInWords(day) : null)
export const valuesOf = ({ convention, signatories, contacts }: Source, tools: readonly Tool[], now: Date): Values => {
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
    'partenaire.siret': siretText(convention.siret).replace(
      /^(\d{3})(\d{3})(\d{3})(\d{5})$/,
      '$1\u00A0$2\u00A0$3\u00A0$4',
    ),
    'partenaire.signataire': partner?.name ?? null,
    'partenaire.qualite': partner?.capacity ?? null,
    'partenaire.acte': partner?.act ?? null,
    'partenaire.acte.date': written(partner?.actOn),
    'operateur.signataire': operator?.name ?? null,
    'operateur.qualite': operator?.capacity ?? null,
    'operateur.acte': operator?.act ?? null,
    'operateur.acte.date': written(operator?.actOn),
    'partenaire.interlocuteurs': current('partenaire'),
    'operateur.interlocuteurs': current('operateur'),
    outils: tools.map(tool => toolWords[tool]),
  }
}
/** What convention.typ lays out. */
export const printed = (source: Source, title: string, blocks: readonly Block[], made: Date) => ({
  title: `${title} n° ${source.convention.number}`,
  description: `Convention entre l’opérateur France Travail et ${source.convention.organisation.name}, avec ses annexes.`,
  author: 'Campagnes coordonnées',
  footer: `Convention n° ${source.convention.number} · composée le ${dayInWords(parisDay(made))}`,
  blocks,
  signatures: (['partenaire', 'operateur'] as const).map(party => ({
    party: party === 'partenaire' ? `Pour ${source.convention.organisation.name}` : 'Pour l’opérateur France Travail',
    name: source.signatories.find(s => s.party === party)?.name ?? '',
    capacity: source.signatories.find(s => s.party === party)?.capacity ?? '',
  })),
})
