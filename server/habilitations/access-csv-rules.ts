import type { Static } from 'typebox'
import type { AccessLine } from '../../contract/habilitations.ts'
import { profileWords, toolWords } from './person-mails.ts'

/** A spreadsheet runs what starts so as a formula: an apostrophe makes it text again. */
const neutral = (text: string) => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const cell = (value: string | null) => `"${neutral(value ?? '').replaceAll('"', '""')}"`
const statusWords = { active: 'actif', suspended: 'suspendu', blocked: 'bloqué', deleted: 'supprimé' } as const
const head = ['Personne', 'Fonction', 'Compte', 'Outil', 'Profil', 'Périmètre', 'Depuis', 'Jusqu’au', 'Accordée par', 'Motif', 'Dernière activité', 'Ce qui manque']

/** As the page shows it: UTF-8 with its mark, semicolons, for the spreadsheets of France. */
export const accessCsv = (lines: readonly Static<typeof AccessLine>[]): string => `\uFEFF${[head, ...lines.map(l => [
  l.person.name, l.function, statusWords[l.status], toolWords[l.tool], profileWords[l.profile], l.territory?.name ?? l.agency?.name ?? null, l.since, l.until, l.grantedBy?.name ?? null, l.reason, l.lastActAt?.slice(0, 10) ?? null, l.missing.join(', '),
])].map(row => row.map(cell).join(';')).join('\r\n')}\r\n`
