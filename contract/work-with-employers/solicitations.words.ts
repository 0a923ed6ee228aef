import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'solicitations/spent': refusal(
    409,
    'Plus de sollicitation disponible',
    'Le réseau a déjà utilisé ou réservé les sollicitations de cet employeur pour cette semaine ou ce mois. Indiquez le motif qui justifie de le solliciter encore.',
  ),
  'solicitations/reason-needed': refusal(
    409,
    'Motif attendu',
    'Le réseau a déjà utilisé ou réservé les sollicitations de certains de ces employeurs. Indiquez le motif, un seul pour tous, qui justifie de les solliciter encore.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'solicitation-budget.set': 'a fixé le nombre de sollicitations par employeur',
  'solicitation-budget.exceeded': 'a dépassé le budget de sollicitations d’un employeur, en disant pourquoi',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'solicitation-budget': 'Budget de sollicitations',
}
