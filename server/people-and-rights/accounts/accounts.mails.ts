/** Why mails to who has an account reach them. */
export const holder =
  'vous avez un compte dans ce service, tenu par le responsable de gestion de comptes (RGC) de votre structure'
