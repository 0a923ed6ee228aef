import type { GuideName } from './help-address.ts'

interface Step {
  readonly href: string
  readonly act: string
  readonly why: string
}
const account: Step = {
  href: '/mon-compte',
  act: 'Vérifiez votre compte',
  why: 'Votre fonction, vos droits, vos codes de secours.',
}

/** The first day of each role, in five steps. */
export const firstDays: Partial<Record<GuideName, readonly [Step, Step, Step, Step, Step]>> = {
  conseiller: [
    account,
    {
      href: '/campagnes',
      act: 'Ouvrez une campagne',
      why: 'Les employeurs que votre structure et les autres contactent ensemble.',
    },
    {
      href: '/etablissements',
      act: 'Cherchez un employeur',
      why: 'Sa fiche dit qui l’a contacté, quand, et ce qui en est sorti.',
    },
    {
      href: '/portefeuille',
      act: 'Regardez votre portefeuille',
      why: 'Ce que l’on vous confie, et ce que vous prenez par « Je m’en occupe ».',
    },
    {
      href: '/aide/conseiller#enregistrer-un-echange',
      act: 'Notez un échange',
      why: 'Une touche pour le canal, une pour le résultat, et la suite.',
    },
  ],
  responsable: [
    account,
    {
      href: '/campagnes',
      act: 'Ouvrez une campagne',
      why: 'L’onglet « Avancement » montre le travail de votre structure.',
    },
    {
      href: '/aide/responsable#repartir-dans-votre-structure',
      act: 'Répartissez des cibles',
      why: '« Simuler » montre ce que chacun aurait, sans rien changer.',
    },
    {
      href: '/travail-a-reprendre',
      act: 'Voyez ce qui est à reprendre',
      why: 'Ce que tient une personne partie, absente ou sans accès.',
    },
    { href: '/absences', act: 'Dites les absences', why: 'Rien n’est rappelé à une personne absente.' },
  ],
  pilote: [
    account,
    {
      href: '/campagnes',
      act: 'Lisez les campagnes de votre territoire',
      why: 'Une campagne en cours tient déjà des employeurs.',
    },
    {
      href: '/campagnes/nouvelle',
      act: 'Préparez la vôtre',
      why: 'Six étapes, enregistrées pendant la saisie ; rien n’est réservé avant l’ouverture.',
    },
    {
      href: '/aide/pilote#repartir-les-cibles',
      act: 'Lisez comment répartir',
      why: 'Cinq façons, et une simulation avant d’agir.',
    },
    { href: '/indicateurs', act: 'Ouvrez les indicateurs', why: 'Les quatre de l’annexe 4, sur votre périmètre.' },
  ],
  rgc: [
    account,
    {
      href: '/responsables-de-comptes',
      act: 'Relisez votre acte d’engagement',
      why: 'La page dit ce qui manque encore, et qui agit.',
    },
    {
      href: '/habilitations',
      act: 'Voyez qui a accès à quoi',
      why: 'Et ce qui est à surveiller dans votre structure.',
    },
    {
      href: '/aide/rgc#3-ouvrir-un-compte',
      act: 'Lisez comment ouvrir un compte',
      why: 'Puis donnez le plus petit profil qui suffit.',
    },
    { href: '/revues', act: 'Notez la date de la revue', why: 'Une fois par an, chaque accès est décidé.' },
  ],
  signataire: [
    account,
    { href: '/conventions', act: 'Lisez la convention', why: 'Ce que votre structure signe, et jusqu’à quand.' },
    {
      href: '/aide/signataire#la-convention',
      act: 'Nommez vos interlocuteurs',
      why: 'Un rôle que personne ne tient ne reçoit rien.',
    },
    {
      href: '/responsables-de-comptes',
      act: 'Désignez un responsable de comptes',
      why: 'Sans lui, personne n’ouvre de compte.',
    },
    { href: '/revues', act: 'Voyez la revue des accès', why: 'Sa date, et où elle en est.' },
  ],
  interlocuteurs: [
    account,
    {
      href: '/roles-de-la-structure',
      act: 'Voyez qui tient quel rôle',
      why: 'Le vôtre, ses dates, et ce qu’il ouvre.',
    },
    { href: '/conventions', act: 'Lisez la convention', why: 'Le texte en vigueur, et ce qui manque.' },
    {
      href: '/aide/interlocuteurs#les-sensibilisations',
      act: 'Lisez ce qui est noté des sensibilisations',
      why: 'Qui a suivi la sienne, et avant quel jour la renouveler.',
    },
    {
      href: '/aide/interlocuteurs#l-equipement',
      act: 'Lisez ce qui est validé',
      why: 'Matériel, réseau, seconds facteurs.',
    },
  ],
  dpd: [
    account,
    {
      href: '/donnees-personnelles',
      act: 'Lisez ce qui est gardé',
      why: 'La page à laquelle renvoyer les personnes.',
    },
    {
      href: '/demandes-de-droits',
      act: 'Ouvrez le registre des demandes',
      why: 'Ce que des personnes demandent, et le délai de chaque réponse.',
    },
    {
      href: '/aide/dpd#combien-de-temps',
      act: 'Lisez les durées',
      why: 'Ce qui s’efface de soi-même, et ce qui reste.',
    },
    {
      href: '/aide/dpd#une-personne-s-oppose',
      act: 'Apprenez à traiter une opposition',
      why: 'Qui la note, ce qui s’efface, et ce qui reste à corriger.',
    },
  ],
  cssi: [
    account,
    {
      href: '/securite/rgc',
      act: 'Ouvrez les actes d’engagement',
      why: 'Ceux qui attendent votre réponse, et les attestations.',
    },
    { href: '/securite', act: 'Voyez les accès coupés', why: 'Chacun attend un constat.' },
    { href: '/revues', act: 'Voyez les revues en retard', why: 'Depuis quand, et où elles en sont.' },
    { href: '/journal', act: 'Ouvrez le journal', why: 'Tout acte y est, scellé.' },
  ],
  'direction-regionale': [
    account,
    {
      href: '/conventions',
      act: 'Lisez les conventions de votre région',
      why: 'Leur état, leur échéance, ce qui manque.',
    },
    { href: '/conventions/modele', act: 'Lisez le modèle', why: 'Le texte d’où les vôtres sont composées.' },
    {
      href: '/aide/direction-regionale#preparer-une-convention',
      act: 'Lisez comment en préparer une',
      why: 'Le projet se modifie tant qu’il n’est pas envoyé.',
    },
    { href: '/revues', act: 'Voyez les revues des accès', why: 'Les structures en retard dans votre région.' },
  ],
  administrateur: [
    account,
    { href: '/textes', act: 'Lisez les textes en vigueur', why: 'Ce que chacun accepte avant d’entrer.' },
    { href: '/conventions/modele', act: 'Lisez le modèle de convention', why: 'Une version publiée ne change plus.' },
    {
      href: '/administration/connexion',
      act: 'Voyez les moyens de connexion',
      why: 'Ce qui est accepté, par profil et par date.',
    },
    { href: '/courriels', act: 'Ouvrez les courriels non partis', why: 'Avec la raison de chacun.' },
  ],
  support: [
    account,
    {
      href: '/outils',
      act: 'Ouvrez les outils communs',
      why: 'Leur état, leur finalité, leurs engagements de service.',
    },
    {
      href: '/aide/support#dire-l-etat-d-un-outil',
      act: 'Lisez comment dire un état',
      why: 'Ce que chacun lira, et depuis quelle heure.',
    },
    {
      href: '/aide/support#qui-appeler-pour-le-reste',
      act: 'Sachez qui appeler',
      why: 'Le RGC, le CSSI, l’administrateur.',
    },
    {
      href: '/aide/connexion#se-connecter',
      act: 'Lisez comment on se connecte',
      why: 'La première question que l’on vous posera.',
    },
  ],
}
