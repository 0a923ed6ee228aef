import type { Notice } from '../../notifications/tell.ts'

/** What an agency serves decides what its grants open; null: it is just declared, and has none. */
export const widenedNotice = (
  agencyId: string,
  organisation: string,
  added: readonly string[],
  grants: number | null,
): Notice => ({
  kind: 'agency-widened',
  subject:
    grants === null ? 'Une agence est déclarée sur un vaste territoire' : 'Une agence sert de nouveaux territoires',
  path: { partenaire: '/habilitations/structure', operateur: '/' },
  about: ['agency', agencyId],
  text:
    grants === null
      ? `Dans la structure ${organisation}, une agence vient d’être déclarée, qui sert : ${added.join(', ')}.\n\nUne habilitation sur cette agence n’ouvrira rien tant qu’une seconde personne de la structure ne l’aura pas confirmée.`
      : `Dans la structure ${organisation}, une agence sert désormais aussi : ${added.join(', ')}.\n\nHabilitations qui portent sur cette agence, et qui s’étendent avec elle : ${grants}.`,
})
