const labels: Record<string, string> = {
  'besoin-detecte': 'Besoin détecté', 'rendez-vous-pris': 'Rendez-vous pris', 'a-rappeler': 'À rappeler', 'pas-de-besoin': 'Pas de besoin', 'absent': 'Absent',
  'injoignable': 'Injoignable', 'mauvais-interlocuteur': 'Mauvais interlocuteur', 'refus': 'Refus', 'ferme': 'Établissement fermé',
}
export const resultLabel = (code: string): string => labels[code] ?? code
