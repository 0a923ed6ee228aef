/**
 * What ends a column: `purge`, the functions of SQL that erase its row or its words, and `after`, said in French;
 * `unnamed`: the account that it holds names nobody once these ran; `source`: it follows a public register.
 */
export type Ending =
  | { readonly kind: 'purged' | 'unnamed'; readonly by: readonly string[]; readonly after: string }
  | { readonly kind: 'source'; readonly after: string }
  | { readonly kind: 'nowhere'; readonly after: string }

const purged = (after: string, ...by: readonly string[]) => ({ kind: 'purged', by, after }) as const

export const endings = {
  nowhere: { kind: 'nowhere', after: 'aucun terme n’est encore fixé' },
  unnamed: {
    kind: 'unnamed',
    by: ['ctx.end_account', 'ctx.purge_departed'],
    after: 'un pseudonyme au départ, sans correspondance trois ans après',
  },
  register: {
    kind: 'source',
    after: 'suit le répertoire SIRENE, sa diffusion comprise (R. 123-232 du code de commerce)',
  },
  account: purged('à la suppression du compte', 'ctx.end_account'),
  departed: purged('trois ans après le départ', 'ctx.purge_departed'),
  held: purged('quand le départ n’attend plus', 'ctx.hold_departed'),
  absences: purged('un an après la fin de l’absence', 'ctx.purge_absences'),
  imports: purged('un jour, ou à la confirmation', 'ctx.purge_imports'),
  address: purged('trente jours après la décision', 'ctx.purge_address_changes'),
  release: purged('un mois après la décision', 'ctx.purge_address_releases'),
  share: purged('un mois après la réponse, ou après la fin d’un des deux comptes', 'ctx.purge_shared_addresses'),
  calendar: purged('quatre-vingt-dix jours sans lecture', 'ctx.lapse_calendar_feeds'),
  drafts: purged('sept jours sans un mot', 'ctx.purge_drafts'),
  'legal-holds': purged('cinq ans après la levée, ou le dernier jour', 'ctx.purge_legal_holds'),
  'rights-requests': purged('cinq ans après la réponse', 'ctx.purge_rights_requests'),
  keys: purged('un jour', 'ctx.purge_expired'),
  sessions: purged('trente jours', 'ctx.purge_expired'),
  'session-cascade': purged('avec la session, trente jours au plus', 'ctx.purge_expired'),
  'identity-token': purged('à la fin de la session, douze heures au plus', 'ctx.forget_identity_tokens'),
  'sign-in-begun': purged('dix minutes', 'ctx.sign_in_begin'),
  'sign-in-choice': purged('dix minutes', 'ctx.choice_begin'),
  'sign-in': purged('deux jours au plus', 'ctx.purge_sign_in'),
  'password-links': purged('trente jours', 'ctx.purge_sign_in'),
  'stored-rights': purged('un jour, ou au premier changement', 'ctx.check_stored_rights'),
  inactivity: purged('un an', 'ctx.purge_inactivity_notices'),
  notifications: purged('trente jours après la lecture, quatre-vingt-dix au plus', 'ctx.purge_notifications'),
  mails: purged('trente jours après l’envoi', 'ctx.purge_mails'),
  trail: purged('la durée réglée par l’exploitant, douze mois sinon', 'ctx.purge_trail_details'),
  uploads: purged('un jour', 'ctx.purge_uploads'),
  'uploads-cascade': purged('un jour, avec le fichier', 'ctx.purge_uploads'),
  'usage-sessions': purged('deux jours', 'record_usage'),
  places: purged('vingt-quatre heures', 'ctx.forget_places'),
  'view-watches': purged('quatre-vingt-dix jours après l’arrêt', 'ctx.purge_view_watches'),
  recalls: purged('un an', 'ctx.purge_recalls'),
  handings: purged('un jour', 'ctx.forget_handings'),
  proposals: purged('quatre-vingt-dix jours après la réponse', 'ctx.purge_action_proposals'),
  'bulk-works': purged('quatre-vingt-dix jours après la fin', 'ctx.purge_bulk_works'),
  'bulk-works-cascade': purged('quatre-vingt-dix jours, avec le travail', 'ctx.purge_bulk_works'),
  'employer-lines': purged('sept jours, trente et un une fois confirmées', 'ctx.purge_employer_files'),
  satisfaction: purged('la durée réglée par l’exploitant', 'ctx.purge_satisfaction'),
  'service-rejects': purged('trente jours', 'ctx.forget_service_rejects'),
  'hiring-rejects': purged('trente jours', 'ctx.forget_hiring_rejects'),
} as const satisfies Readonly<Record<string, Ending>>
export type EndName = keyof typeof endings
