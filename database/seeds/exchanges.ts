export const said = [
  {
    channel: 'telephone',
    result: 'besoin-detecte',
    personMet: 'La gérante',
    notes: 'Cherche à renforcer l’équipe au printemps ; ouverte à un premier essai en immersion.',
    need: 'Un apprenti dès mars',
  },
  { channel: 'telephone', result: 'absent', personMet: null, notes: 'Répondeur ; message laissé.', need: null },
  {
    channel: 'visite',
    result: 'rendez-vous-pris',
    personMet: 'Le responsable d’atelier',
    notes: 'Visite des locaux, bon accueil. Souhaite revoir les aides à l’embauche.',
    need: null,
  },
  {
    channel: 'telephone',
    result: 'a-rappeler',
    personMet: 'L’accueil',
    notes: 'Demande d’être rappelé en début de semaine, le matin.',
    need: null,
  },
  {
    channel: 'courriel',
    result: 'pas-de-besoin',
    personMet: 'La responsable administrative',
    notes: 'Effectif complet jusqu’à l’été.',
    need: null,
  },
  { channel: 'telephone', result: 'injoignable', personMet: null, notes: 'Troisième essai sans réponse.', need: null },
  {
    channel: 'visio',
    result: 'besoin-detecte',
    personMet: 'Le gérant',
    notes: 'Deux départs prévus ; préfère des candidats du secteur.',
    need: 'Deux postes en CDI',
  },
] as const

// A campaign that is over leaves nothing to call back.
export const closed = said.filter(s => s.result !== 'a-rappeler' && s.result !== 'rendez-vous-pris')

export const planned = (result: string, dueOn: string, n: number) =>
  result === 'a-rappeler'
    ? { kind: 'rappel', dueOn }
    : result === 'rendez-vous-pris'
      ? { kind: 'rendez-vous', dueOn, dueAt: n % 2 ? '14:30' : '10:00' }
      : result === 'besoin-detecte'
        ? { kind: 'visite', dueOn }
        : null
