/**
 * Why a sign-in did not end in a session: the code in the address of /connexion/erreur?code=…, which carries nothing
 * personal.
 * A code is never renamed. What the trail keeps of it is in server/signing-in/identity.
 */
const failure = (title: string, detail: string) => ({ title, detail })
const tampered =
  'La réponse reçue n’est pas celle attendue : elle a été écartée par sécurité. Recommencez la connexion ; si cela se reproduit, prévenez votre correspondant SI.'

export const signInFailures = {
  cancelled: failure(
    'Connexion abandonnée',
    'La connexion a été abandonnée ou refusée chez ProConnect. Vous pouvez la recommencer.',
  ),
  expired: failure(
    'Connexion expirée',
    'Cette connexion a déjà servi, ou a duré plus de dix minutes. Recommencez-la depuis le début.',
  ),
  'other-browser': failure(
    'Connexion commencée ailleurs',
    'Cette connexion a été commencée dans un autre navigateur. Recommencez-la ici depuis le début.',
  ),
  state: failure('Réponse non reconnue', tampered),
  nonce: failure('Réponse non reconnue', tampered),
  issuer: failure('Émetteur non reconnu', tampered),
  signature: failure('Signature non valable', tampered),
  'unsigned-identity': failure('Identité non signée', tampered),
  'code-refused': failure(
    'Connexion déjà employée',
    'ProConnect a refusé cette connexion : elle a peut-être déjà servi. Recommencez-la depuis le début.',
  ),
  'provider-error': failure(
    'ProConnect a répondu par une erreur',
    'ProConnect n’a pas pu vous connecter. Réessayez ; si cela se reproduit, adressez-vous à votre correspondant SI.',
  ),
  'provider-unavailable': failure(
    'ProConnect ne répond pas',
    'ProConnect ne répond pas pour le moment. Réessayez dans quelques minutes : rien n’est perdu.',
  ),
  'identity-incomplete': failure(
    'Identité incomplète',
    'Votre fournisseur d’identité n’a pas transmis votre structure (SIRET) ou votre adresse. Adressez-vous au service informatique de votre structure.',
  ),
  'identity-malformed': failure(
    'Identité illisible',
    'Votre fournisseur d’identité a transmis une identité qui ne peut pas être lue. Adressez-vous au service informatique de votre structure.',
  ),
  'link-pending': failure(
    'Compte à rattacher',
    'Un compte porte votre adresse, mais rien ne prouve encore qu’il est le vôtre. La demande est enregistrée : adressez-vous au responsable de gestion de comptes (RGC) de votre structure. Si elle n’en a pas en fonction, à son signataire. Le signataire s’adresse à la direction régionale de l’opérateur ; un RGC désigné, au correspondant sécurité de l’opérateur (CSSI).',
  ),
  'employer-changed': failure(
    'Autre employeur',
    'ProConnect annonce aujourd’hui un autre employeur que celui de votre compte. La demande est enregistrée : le responsable de gestion de comptes (RGC) de la structure du compte dira si vous travaillez toujours pour elle. Pour un RGC, c’est le correspondant sécurité de l’opérateur (CSSI). Si elle n’a pas de RGC en fonction, c’est son signataire ; pour le signataire lui-même, la direction régionale de l’opérateur ; pour un RGC désigné, le CSSI.',
  ),
  'account-inactive': failure(
    'Compte fermé ou suspendu',
    'Votre compte n’est pas actif. Adressez-vous au responsable de gestion de comptes (RGC) de votre structure ou, si elle n’en a pas en fonction, à son signataire.',
  ),
  'account-blocked': failure(
    'Accès bloqué',
    'Votre accès est bloqué le temps d’une vérification. Le responsable de gestion de comptes (RGC) de votre structure et le correspondant sécurité de l’opérateur (CSSI) en connaissent le motif : adressez-vous à eux. L’accès rouvre quand le CSSI a noté son constat.',
  ),
  'account-contract-over': failure(
    'Contrat terminé',
    'Le contrat ou la délégation au titre duquel votre compte est ouvert a pris fin, et votre accès avec lui. S’il est prolongé, adressez-vous au responsable de gestion de comptes (RGC) de la structure pour laquelle vous travaillez.',
  ),
  'step-up-not-proven': failure(
    'Second facteur non confirmé',
    'Votre fournisseur d’identité n’a pas confirmé à l’instant un second facteur suffisant. Recommencez, ou enregistrez ici un second facteur juste après vous être connecté.',
  ),
  'step-up-other-person': failure(
    'Autre personne',
    'La personne qui vient de se confirmer chez ProConnect n’est pas celle de cette session.',
  ),
  'step-up-session-over': failure(
    'Session terminée',
    'Votre session s’est terminée entre-temps. Connectez-vous de nouveau.',
  ),
} as const satisfies Record<string, { title: string; detail: string }>

export type SignInFailure = keyof typeof signInFailures
