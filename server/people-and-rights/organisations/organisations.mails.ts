import type { Notice } from '../../notifications/tell.ts'

/** What an agency serves decides what its grants open. */
export const widenedNotice = (
  agencyId: string,
  organisation: string,
  added: readonly string[],
  grants: number,
): Notice => ({
  kind: 'agency-widened',
  subject: 'Une agence sert de nouveaux territoires',
  path: { partenaire: '/habilitations/structure', operateur: '/' },
  about: ['agency', agencyId],
  text: `Dans la structure ${organisation}, une agence sert désormais aussi : ${added.join(', ')}.\n\nHabilitations qui portent sur cette agence, et qui s’étendent avec elle : ${grants}.`,
})
