import type { Role } from '../../contract/route.ts'
import { holds, holdsRoleSomewhere, type Me, opensData } from '../platform/session.ts'
import { guideWords } from '../service-pages/guide-words.ts'
import { guideNames, ownGuides } from '../service-pages/help-address.ts'
import { type Entry, pagesOf, served } from './pages.ts'

const has =
  (...any: readonly Role[]) =>
  ({ roles }: Me) =>
    roles.some(role => any.includes(role))
const somewhere =
  (...any: readonly Role[]) =>
  (me: Me) =>
    holdsRoleSomewhere(me, ...any)
const advises = (me: Me) => holds(me, 'campagnes', 'conseiller')

const ofWork: readonly Entry[] = [
  {
    label: 'Préparer une campagne',
    href: '/campagnes/nouvelle',
    words: 'nouvelle créer lancer',
    serves: me => holds(me, 'campagnes', 'pilote'),
  },
  {
    label: 'Importer un fichier d’employeurs',
    href: '/fichiers-employeurs',
    words: 'excel csv tableur contacts passés historique reprise',
    serves: advises,
  },
  {
    label: 'Créer une fiche provisoire',
    href: '/etablissements/fiche-provisoire',
    words: 'employeur inconnu absent du répertoire SIRET nouveau',
    serves: me => holds(me, 'fiche-etablissement', 'conseiller'),
  },
  {
    label: 'Ma tournée',
    href: '/tournee',
    words: 'visites trajet itinéraire déplacements',
    serves: me => holds(me, 'fiche-etablissement'),
  },
  {
    label: 'Mon calendrier',
    href: '/mon-calendrier',
    words: 'agenda Outlook rendez-vous ics abonnement',
    serves: advises,
  },
  {
    label: 'Actions proposées',
    href: '/actions-proposees',
    words: 'confiées par une autre structure accepter refuser',
    serves: advises,
  },
  {
    label: 'Mes vues suivies',
    href: '/mes-vues',
    words: 'listes enregistrées filtres alertes nouveautés',
    serves: advises,
  },
  { label: 'Mes travaux longs', href: '/mes-travaux', words: 'actions groupées en nombre avancement', serves: advises },
  {
    label: 'Ce que prend ma structure',
    href: '/besoins/ma-structure',
    words: 'besoins métiers territoires proposés',
    serves: me => advises(me) && opensData(me, 'besoins'),
  },
  {
    label: 'Travail à reprendre',
    href: '/travail-a-reprendre',
    words: 'départ absent collègue parti suspendu relais',
    serves: me => holds(me, 'campagnes', 'responsable'),
  },
]
const ofOneself: readonly Entry[] = [
  { label: 'Absences', href: '/absences', words: 'congés vacances arrêt indisponible remplaçant' },
  { label: 'Mes droits', href: '/mes-droits', words: 'habilitations profil périmètre permissions qui peut aider' },
  { label: 'Demander un accès', href: '/demander-un-acces', words: 'habilitation droit profil territoire' },
  { label: 'Mon journal', href: '/journal', words: 'traces historique mes actes ce que j’ai lu qui a vu' },
  { label: 'Mes notifications', href: '/mes-notifications', words: 'messages alertes cloche' },
  {
    label: 'Recevoir mes notifications',
    href: '/mes-notifications/reglages',
    words: 'réglages paramètres préférences courriels mails résumé désabonner',
  },
  {
    label: 'Ma fiche de l’annuaire',
    href: '/annuaire/moi',
    words: 'profil coordonnées téléphone fonction spécialités',
    serves: ({ rights }) => rights.length > 0,
  },
  {
    label: 'Responsables de comptes',
    href: '/responsables-de-comptes',
    words: 'RGC gestionnaire qui donne les accès acte d’engagement',
  },
  { label: 'Outils communs', href: '/outils', words: 'applications portail état panne annexe 4' },
  { label: 'Équipement de la structure', href: '/equipement', words: 'poste ordinateur réseau validation' },
  { label: 'Demandes d’accès à la plateforme', href: '/demandes-d-acces', words: 'nouvelle structure partenaire' },
]
const ofStructures: readonly Entry[] = [
  {
    label: 'Personnes de la structure',
    href: '/habilitations/personnes',
    words: 'comptes utilisateurs collègues suspendre',
    serves: has('rgc', 'signataire'),
  },
  {
    label: 'Créer un compte',
    href: '/habilitations/personnes/nouvelle',
    words: 'ajouter inviter nouvelle personne utilisateur arrivée',
    serves: has('rgc'),
  },
  {
    label: 'Créer des comptes par fichier',
    href: '/habilitations/fichier',
    words: 'import excel csv liste de personnes',
    serves: has('rgc'),
  },
  {
    label: 'Demandes d’habilitation',
    href: '/habilitations/demandes',
    words: 'répondre accorder refuser accès',
    serves: has('rgc', 'signataire'),
  },
  {
    label: 'Qui a accès à quoi',
    href: '/habilitations/acces',
    words: 'liste des habilitations droits export',
    serves: has('rgc'),
  },
  {
    label: 'Actes à confirmer',
    href: '/habilitations/confirmations',
    words: 'seconde personne validation',
    serves: has('rgc', 'signataire'),
  },
  {
    label: 'Anomalies des accès',
    href: '/habilitations/anomalies',
    words: 'corriger comptes habilitations',
    serves: has('rgc'),
  },
  {
    label: 'Compte de la structure',
    href: '/habilitations/structure',
    words: 'agences délégataires prestataires territoires SIRET',
    serves: has('rgc', 'signataire'),
  },
  {
    label: 'Libérations d’adresse',
    href: '/habilitations/liberations',
    words: 'adresse électronique courriel ancienne structure',
    serves: has('rgc', 'signataire'),
  },
  {
    label: 'Seconds comptes',
    href: '/habilitations/seconds-comptes',
    words: 'deux structures même adresse mi-temps courriel',
    serves: has('rgc'),
  },
  {
    label: 'Qui est derrière un pseudonyme',
    href: '/pseudonymes',
    words: 'ancien compte parti identité',
    serves: me => me.roles.includes('rgc') || holdsRoleSomewhere(me, 'cssi'),
  },
  {
    label: 'Sensibilisations à la sécurité',
    href: '/sensibilisations',
    words: 'formation attestations échéances',
    serves: has('rgc', 'responsable-formation', 'rssi', 'cssi', 'administrateur'),
  },
  {
    label: 'Suspensions d’effacement',
    href: '/effacements/suspensions',
    words: 'conserver contentieux gel durée',
    serves: has('dpd'),
  },
]
const ofOfficers: readonly Entry[] = [
  {
    label: 'Comptes des partenaires',
    href: '/securite/comptes',
    words: 'nécessité exceptionnel agir pour une structure',
    serves: somewhere('cssi'),
  },
  {
    label: 'Premières connexions',
    href: '/premieres-connexions',
    words: 'faire entrer signataire premier RGC aider',
    serves: somewhere('cssi', 'direction-regionale'),
  },
  {
    label: 'Libérations d’adresse à trancher',
    href: '/securite/liberations',
    words: 'adresse électronique courriel',
    serves: somewhere('cssi'),
  },
  {
    label: 'Seconds comptes',
    href: '/securite/seconds-comptes',
    words: 'deux structures même adresse',
    serves: somewhere('cssi'),
  },
  {
    label: 'Actes d’engagement et attestations',
    href: '/securite/rgc',
    words: 'RGC actes reçus à vérifier',
    serves: somewhere('cssi'),
  },
  {
    label: 'Anomalies des accès des structures',
    href: '/securite/anomalies',
    words: 'corriger comptes habilitations',
    serves: somewhere('cssi'),
  },
  {
    label: 'Courriels non partis',
    href: '/courriels',
    words: 'mails échecs envoi adresse fausse',
    serves: has('cssi', 'administrateur'),
  },
  {
    label: 'Modèle de convention',
    href: '/conventions/modele',
    words: 'texte annexes versions',
    serves: ({ organisation, roles, rolesOfRegions }) =>
      organisation.kind === 'operateur' && (rolesOfRegions.length > 0 || roles.some(role => role !== 'support')),
  },
  {
    label: 'Publier une version des conditions',
    href: '/textes/publier',
    words: 'textes règles CGU',
    serves: has('administrateur'),
  },
  {
    label: 'Publier l’annexe 4',
    href: '/outils/annexe-4/publier',
    words: 'outils données ouvertes catégories',
    serves: has('administrateur'),
  },
  {
    label: 'CSSI bloqués',
    href: '/administration/cssi-bloques',
    words: 'lever un blocage',
    serves: has('administrateur'),
  },
]
const ofService: readonly Entry[] = [
  { label: 'Aide', href: '/aide', words: 'guides mode emploi documentation comment faire' },
  { label: 'Votre première journée', href: '/aide/premiere-journee', words: 'débuter commencer découvrir étapes' },
  { label: 'Raccourcis du clavier', href: '/aide/raccourcis', words: 'touches' },
  { label: 'Conditions et règles', href: '/textes', words: 'CGU conditions d’utilisation charte' },
  { label: 'Données personnelles', href: '/donnees-personnelles', words: 'RGPD vie privée mes données cookies' },
  { label: 'Accessibilité', href: '/accessibilite', words: 'RGAA handicap déclaration' },
  { label: 'Mentions légales', href: '/mentions-legales', words: 'éditeur hébergeur' },
  { label: 'Interface de programmation (API)', href: '/api', words: 'développeurs OpenAPI' },
]

const sought = [...ofWork, ...ofOneself, ...ofStructures, ...ofOfficers, ...ofService]

/** What no menu shows and this person may open, then the guides, one’s own first: fetched with the search box. */
export const soughtPages = (me: Me): readonly Entry[] => {
  const inMenu = new Set(pagesOf(me).map(({ href }) => href))
  const own = ownGuides(me)
  return [
    ...served(me, sought).filter(({ href }) => !inMenu.has(href)),
    ...[...own, ...guideNames.filter(name => !own.includes(name))].map(name => ({
      label: `Guide : ${guideWords[name].label}`,
      href: `/aide/${name}`,
      words: `aide mode emploi ${guideWords[name].about}`,
    })),
  ]
}
