import type { Notice } from '../../notifications/tell.ts'

/** The structure's account managers are told once an act, whatever the number. */
export const suppliedNotice = (organisationId: string, count: number): Notice => ({
  kind: 'anomaly-supplied',
  subject:
    count > 1 ? 'L’opérateur vous signale des anomalies d’accès' : 'L’opérateur vous signale une anomalie d’accès',
  path: '/habilitations/anomalies',
  about: ['organisation', organisationId],
  text: `Le correspondant sécurité de l’opérateur (CSSI) a vu, hors du service, ${count > 1 ? `${count} anomalies` : 'une anomalie'} dans les accès de votre structure. ${count > 1 ? 'Elles paraissent' : 'Elle paraît'} avec ${count > 1 ? 'leur' : 'sa'} preuve sur la page « Anomalies des accès ». Corrigez, puis dites en une phrase ce que vous avez fait.`,
})
