export const parts = [
  { value: 'a-decider', label: 'À décider' },
  { value: 'anomalies', label: 'Anomalies' },
  { value: 'decidees', label: 'Décidées' },
  { value: 'tout', label: 'Tout' },
] as const
export type Part = (typeof parts)[number]['value']
export const asked: Record<Part, { which?: 'undecided' | 'anomalies' | 'decided' }> = {
  'a-decider': { which: 'undecided' },
  anomalies: { which: 'anomalies' },
  decidees: { which: 'decided' },
  tout: {},
}
