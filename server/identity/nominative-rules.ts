/**
 * One account is one person (IDN-7, convention annex 1): the address of a service, which several people read, makes no account. Only what is certain is
 * refused, by the words of the address; whoever opens the account answers for the rest.
 */
const services = new Set('accueil administratif administration admin agence assistance bureau cabinet campagne campagnes candidature candidatures comptabilite communication compta contact contacts courriel courrier cv developpement direction dirigeant dpd dpo economie eco emploi entreprise entreprises equipe facturation formation gestion hello info infos information informatique insertion job jobs mail mairie mission noreply nepasrepondre offre offres partenaire partenaires plie pole postmaster presse projet projets recrutement referent relation relations reseau rgc rh rssi secretariat secretaire securite service services siege support technique territoire tous travail webmaster'.split(' '))
const linking = new Set(['de', 'des', 'du', 'la', 'le', 'les', 'et', 'a', 'au', 'aux', 'd', 'l'])

/** Every word before the @ is that of a service, or a number: `contact@`, `service.entreprises@`, `agence-33@`; not `claire.contact@`. */
export const isShared = (email: string): boolean => {
  const local = email.split('@')[0]!.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').split('+')[0]!
  const words = local.split(/[^a-z]+/).filter(word => word !== '' && !linking.has(word))
  return words.every(word => services.has(word))
}
