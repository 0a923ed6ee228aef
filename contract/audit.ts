import { Type } from 'typebox'
import { Cursor, Day, Id, Instant, listOf, Nullable, oneOf, OrganisationRef, PersonRef } from './common.ts'
import { defineRoute } from './route.ts'

/** Members of a reply that tell of a person met at an employer. A route that may answer one says `revealsPersons`; a fence looks. */
export const personalMembers = ['personMet', 'notes', 'phone', 'values'] as const

/** What each act of the trail is, said of who did it. A fence finds the act that has no sentence: add it to the part it belongs to. */
export const actSentences: Readonly<Record<string, string>> = {
  'access-requester.designated': 'a désigné qui peut demander des accès', 'access.requested': 'a demandé un accès', 'access.decided': 'a répondu à une demande d’accès',
  'role.given': 'a donné un rôle à un agent de l’opérateur', 'role.ended': 'a mis fin au rôle d’un agent de l’opérateur',
  'account.created': 'a créé un compte', 'account.link-asked': 'a demandé à relier une identité à un compte', 'account.linked': 'a relié une identité à un compte', 'account.link-confirmed': 'a confirmé le lien d’une identité à un compte', 'account.link-refused': 'a refusé le lien d’une identité à un compte',
  'access.refused': 'a reçu des refus d’accès', 'access.exported': 'a exporté les accès de sa structure',
  'anomalies.exported': 'a exporté les anomalies des accès d’une structure', 'anomaly.supplied': 'a signalé une anomalie d’accès à une structure', 'anomaly.file-checked': 'a contrôlé un fichier d’anomalies', 'anomaly.file-supplied': 'a signalé les anomalies d’un fichier', 'anomaly.corrected': 'a dit corrigée une anomalie signalée par l’opérateur',
  'account.blocked': 'a coupé un accès (acte exceptionnel de l’opérateur)', 'account.blocked-for-suspect-use': 'a bloqué un compte pour usage inhabituel', 'account.suspect-use-told': 'a signalé l’usage inhabituel d’un compte qui n’est pas bloqué : il est le dernier de son rôle', 'account.unblocked': 'a levé un blocage',
  'account.deleted': 'a supprimé un compte', 'account.ended-for-breach': 'a mis fin à un compte pour manquement', 'account.edited': 'a modifié un compte', 'account.inactivity-lifted': 'a levé une suspension pour inactivité', 'account.opened': 'a ouvert un compte', 'account.resumed': 'a rétabli un compte', 'account.suspended': 'a suspendu un compte',
  'accounts.file-checked': 'a contrôlé un fichier de comptes', 'accounts.file-confirmed': 'a ouvert les comptes d’un fichier', 'accounts.file-confirmed-again': 'a repris l’ouverture des comptes d’un fichier',
  'agency.declared': 'a déclaré une agence', 'agency.edited': 'a modifié une agence', 'confirmation.confirmed': 'a confirmé, en seconde personne, un compte ou une habilitation', 'confirmation.refused': 'a refusé, en seconde personne, un compte ou une habilitation', 'agency.widened': 'a étendu les territoires d’une agence', 'contact.named': 'a nommé un interlocuteur de sa structure', 'contact.ended': 'a retiré un interlocuteur de sa structure', 'third-party.declared': 'a déclaré un prestataire', 'third-party.edited': 'a modifié un prestataire',
  'convention-template.published': 'a publié un modèle de convention', 'convention.amendment-proposed': 'a proposé un avenant', 'convention.amendment-signed': 'a signé un avenant', 'structure.read-beyond-ordinary': 'a signalé qu’une structure lit plus que d’ordinaire', 'structure.territories-settled': 'a réglé les territoires d’une structure', 'convention.authority-settled': 'a complété l’acte qui habilite un signataire', 'convention.breach-notified': 'a notifié un manquement',
  'convention.document-composed': 'a composé le document d’une convention', 'convention.document-read': 'a lu un document d’une convention', 'convention.draft-edited': 'a modifié un projet de convention', 'convention.drafted': 'a préparé une convention', 'convention.notice-given': 'a donné congé d’une convention', 'convention.recalled': 'a repris un projet de convention',
  'convention.receipt-recorded': 'a enregistré la réception d’une lettre', 'partner.registered': 'a enregistré un partenaire', 'partner.signatory-named': 'a nommé le signataire d’un partenaire', 'convention.sent': 'a envoyé une convention aux signatures', 'convention.signed': 'a signé une convention', 'convention.withdrawn': 'a renoncé à un congé ou à un manquement', 'conventions.exported': 'a exporté des conventions',
  'mail.retried': 'a fait renvoyer un courriel', 'notice.role-empty': 'n’a trouvé personne dans un rôle à prévenir',
  'keys.rotated': 'a chiffré de nouveau des secrets, avec la clé en vigueur', 'keys.passwords-dropped': 'a effacé les mots de passe d’une ancienne clé',
  'reference-data.import-begun': 'a lancé un import de données de référence', 'reference-data.import-ended': 'a mené à son terme un import de données de référence',
  'trail.details-purged': 'a effacé des détails du journal, arrivés au terme de leur conservation', 'trail.details-erased': 'a effacé des détails du journal, avec le départ de leur compte',
  'trail.searched': 'a consulté le journal', 'trail.entry-read': 'a lu un acte du journal',
  'grant.asked': 'a demandé une habilitation', 'grant.given': 'a donné une habilitation', 'grant.changed': 'a changé une habilitation', 'grant.ended': 'a mis fin à une habilitation', 'grant.request-accepted': 'a accepté une demande d’habilitation', 'grant.request-refused': 'a refusé une demande d’habilitation', 'grant.request-withdrawn': 'a retiré une demande d’habilitation',
  'organisation.provider-expected': 'a ajouté un fournisseur d’identité attendu pour une structure', 'organisation.password-allowed': 'a permis la connexion par mot de passe à une structure', 'organisation.password-forbidden': 'a retiré la connexion par mot de passe à une structure',
  'review.closed': 'a clos une revue des habilitations', 'review.decided': 'a décidé de lignes d’une revue', 'review.kept-without-anomaly': 'a maintenu les lignes sans anomalie d’une revue', 'review.report-taken': 'a pris le compte rendu d’une revue', 'review.rhythm-set': 'a fixé le rythme des revues', 'review.started': 'a commencé une revue des habilitations',
  'rgc-certificate.recorded': 'a enregistré une attestation de RGC', 'rgc-deed.abandoned': 'a renoncé à un acte d’engagement', 'rgc-deed.file-read': 'a lu un acte d’engagement', 'rgc-deed.proposed': 'a proposé un acte d’engagement', 'rgc-deed.sent': 'a envoyé un acte d’engagement au CSSI', 'rgc-deed.signed': 'a signé un acte d’engagement',
  'rgc-deed.accepted': 'a accepté un acte d’engagement', 'rgc-deed.refused': 'a refusé un acte d’engagement', 'security-assessment.recorded': 'a enregistré l’évaluation de la sécurité d’un partenaire', 'rgc-event.noted': 'a noté le départ ou l’absence d’un RGC, à déclarer', 'rgc-event.note-withdrawn': 'a repris ce qui était noté d’un RGC', 'rgc-event.declared': 'a déclaré le départ ou l’absence d’un RGC', 'rgc-revocation.made': 'a révoqué un RGC', 'rgc-revocation.required': 'a demandé la révocation d’un RGC',
  'authentication-directive.set': 'a fixé les moyens de connexion d’une structure',
  'annex-4.published': 'a publié une version de l’annexe 4',
  'awareness.policy-set': 'a fixé la règle de sensibilisation', 'awareness.recorded': 'a enregistré une sensibilisation',
  'campaign.archived': 'a archivé une campagne', 'campaign.closed': 'a clos une campagne', 'campaign.conflicts-decided': 'a tranché des conflits d’une campagne', 'campaign.created': 'a créé une campagne', 'campaign.duplicated': 'a dupliqué une campagne',
  'campaign.edited': 'a modifié une campagne', 'campaign.opened': 'a ouvert une campagne', 'campaign.reopened': 'a rouvert une campagne', 'campaign.report-made': 'a fait le rapport d’une campagne', 'campaign.result-added': 'a ajouté un résultat à une campagne',
  'campaign.result-retired': 'a retiré un résultat d’une campagne', 'campaign.targets-added': 'a ajouté des cibles à une campagne', 'campaign.targets-previewed': 'a compté des cibles à ajouter', 'campaign.targets-taken-over': 'a repris des cibles d’une autre campagne',
  'conditions.accepted': 'a accepté des conditions d’utilisation', 'conditions.published': 'a publié des conditions d’utilisation',
  'demonstration.laid': 'a posé les données de démonstration', 'equipment.validated': 'a validé un équipement',
  'establishment.provisional-created': 'a créé une fiche provisoire', 'establishment.provisional-corrected': 'a corrigé une fiche provisoire', 'establishment.provisional-withdrawn': 'a retiré une fiche provisoire',
  'exchange.recorded': 'a enregistré un échange', 'exchange.corrected': 'a corrigé un échange', 'exchange.cancelled': 'a annulé un échange', 'next-action.finished': 'a clos une prochaine action',
  'password.changed': 'a changé son mot de passe', 'password.change-failed': 'n’a pas pu changer son mot de passe', 'password.chosen': 'a choisi un mot de passe', 'password.code-refused': 'a saisi un code faux pour choisir un mot de passe', 'password.link-made': 'a fait envoyer un lien pour choisir un mot de passe',
  'persons.read': 'a consulté des données de personnes',
  'recovery-code.used': 'a employé un code de secours', 'recovery-codes.replaced': 'a remplacé ses codes de secours',
  'second-factor.asked': 'a demandé à prouver son second facteur', 'second-factor.enrolled': 'a enregistré un second facteur', 'second-factor.enrolment-allowed': 'a permis à une personne d’enregistrer un premier second facteur sans code', 'second-factor.code-given': 'a remis un code pour enregistrer un second facteur', 'second-factor.code-refused': 'a saisi un code faux pour enregistrer un second facteur', 'second-factor.enrolment-opened': 'a saisi le code qui lui a été remis',
  'second-factor.enrolment-started': 'a commencé d’enregistrer un second facteur', 'second-factor.failed': 'a échoué à prouver son second facteur',
  'second-factor.proven': 'a prouvé son second facteur', 'second-factor.removed': 'a retiré un second facteur', 'second-factors.reset': 'a remis à zéro les seconds facteurs d’un compte',
  'session.opened': 'a ouvert une session', 'session.ended': 'a fermé une session', 'session.unlocked': 'a déverrouillé sa session', 'sessions.others-ended': 'a fermé ses autres sessions', 'sign-in.failed': 'n’a pas pu se connecter',
  'target.taken': 'a pris en charge une cible', 'target.released': 'a rendu une cible', 'target.set-aside': 'a mis une cible de côté', 'targets.shared-out': 'a réparti des cibles', 'targets.sharing-simulated': 'a simulé une répartition de cibles', 'targets.sharing-undone': 'a annulé une répartition de cibles',
  'task-force.edited': 'a modifié une task force', 'tool.state-recorded': 'a signalé l’état d’un outil',
}

/** One's own acts; what others did on one's account; those of one's structure (RGC); all of them (CSSI). */
export const trailScopes = ['own', 'about-me', 'organisation', 'all'] as const
export const TrailEntry = Type.Object({
  id: Id, at: Instant, actor: Type.Union([PersonRef, Type.Null()], { description: 'Nul : le service lui-même, ou quelqu’un qui n’a pas pu se connecter' }), organisation: Nullable(OrganisationRef),
  action: Type.String(), subject: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.Union([Type.String(), Type.Null()], { description: 'D’un compte' }) }),
})
export const listTrail = defineRoute({
  method: 'GET', path: '/trail/entries', tag: 'Journal', summary: 'Le journal des actes, les derniers d’abord : par personne, objet, acte et période', needs: 'signed-in', readsTrail: 'trail.searched',
  query: Type.Object({
    scope: Type.Optional(oneOf(trailScopes)), person: Type.Optional(Id), action: Type.Optional(Type.String({ maxLength: 81, pattern: '^[a-z0-9-]{1,40}\\.[a-z-]{1,40}$' })),
    kind: Type.Optional(Type.String({ maxLength: 40, pattern: '^[a-z0-9-]{1,40}$' })), subject: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    from: Type.Optional(Day), to: Type.Optional(Day), after: Type.Optional(Cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  }),
  reply: Type.Object({ ...listOf(TrailEntry).properties, scopes: Type.Array(oneOf(trailScopes), { description: 'Ce que je peux consulter' }) }),
  refusals: ['access/role-required', 'trail/period-reversed'],
})
/** Whose acts the RGC may ask for: the people of the structure, by name. */
export const listTrailPeople = defineRoute({
  method: 'GET', path: '/trail/people', tag: 'Journal', summary: 'Les personnes de ma structure, pour chercher leurs actes (RGC)', needs: 'role:rgc', reply: Type.Object({ items: Type.Array(PersonRef) }),
})
export const getTrailEntry = defineRoute({
  method: 'GET', path: '/trail/entries/:entryId', tag: 'Journal', summary: 'Un acte du journal : d’où, avec quel détail, et sa place dans la trace scellée', needs: 'signed-in', params: Type.Object({ entryId: Id }),
  readsTrail: 'trail.entry-read', revealsPersons: { kind: 'trail-entry', by: 'entryId' },
  reply: Type.Object({
    ...TrailEntry.properties, origin: Type.String({ description: 'Empreinte de l’adresse : la même adresse donne la même' }), requestId: Type.String(),
    detail: Type.Unknown(), detailState: Type.Union([Type.Literal('shown'), Type.Literal('erased'), Type.Literal('withheld')]), position: Type.Union([Type.Integer(), Type.Null()], { description: 'Dans la trace scellée ; nul : pas encore scellé' }),
  }),
})
