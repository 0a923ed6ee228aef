import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'correspondent/nobody': refusal(
    422,
    'Personne sans nom',
    'Renseignez au moins un nom, un prénom ou une fonction : sans eux, on ne sait pas qui demander.',
  ),
  'correspondent/phone-unreadable': refusal(
    422,
    'Téléphone non reconnu',
    'Un des numéros de téléphone n’est pas reconnu. Écrivez-le comme « 05 56 12 34 56 » ou, pour l’étranger, avec + et l’indicatif du pays.',
  ),
  'correspondent/likely-known': refusal(
    409,
    'Interlocuteur sans doute déjà connu',
    'Une personne au même nom, au même téléphone ou au même courriel est déjà notée ici. Reprenez-la, ou confirmez que c’est une autre personne.',
  ),
  'correspondent/retired': refusal(
    409,
    'Interlocuteur retiré',
    'Cette personne est retirée : remettez-la en place avant de modifier ce qui la concerne.',
  ),
  'correspondent/in-place': refusal(409, 'Interlocuteur en place', 'Cette personne est déjà en place.'),
  'correspondent/already-here': refusal(
    409,
    'Interlocuteur déjà relié',
    'Cette personne est déjà notée parmi les interlocuteurs de cet établissement.',
  ),
  'correspondent/not-linked': refusal(
    409,
    'Interlocuteur non relié',
    'Cette personne n’est plus reliée à cet établissement, ou elle y a été notée en premier : retirez-la depuis sa fiche.',
  ),
  'correspondent/too-many-establishments': refusal(
    409,
    'Trop d’établissements',
    'Une personne répond pour cinquante établissements au plus.',
  ),
  'correspondent/value-replaced': refusal(
    409,
    'Valeur déjà écartée',
    'Cette valeur n’est plus proposée : quelqu’un en a retenu une autre depuis.',
  ),
  'correspondent/not-proposed': refusal(
    409,
    'Valeur en vigueur',
    'Seule une valeur proposée s’écarte ainsi : corrigez cette personne, ou retenez une autre valeur.',
  ),
  'correspondent/informed-in-future': refusal(
    422,
    'Date à venir',
    'La personne ne peut pas avoir été informée à une date à venir.',
  ),
  'correspondent/observed-in-future': refusal(
    422,
    'Date à venir',
    'Une valeur ne peut pas avoir été constatée à une date à venir.',
  ),
  'correspondent/merged': refusal(
    409,
    'Fiche fusionnée',
    'Cette fiche fait maintenant partie d’une autre : ouvrez l’autre, ou défaites la fusion.',
  ),
  'correspondent/same-card': refusal(422, 'Une seule fiche', 'Choisissez deux fiches différentes.'),
  'correspondent/other-establishment': refusal(
    422,
    'Autre établissement',
    'Ces deux fiches sont de deux établissements : seules se fusionnent celles d’un même établissement.',
  ),
  'correspondent/retained-twice': refusal(
    422,
    'Deux valeurs retenues',
    'Retenez une seule valeur pour chaque rubrique, ou gardez les deux côte à côte.',
  ),
  'correspondent/merge-undone': refusal(409, 'Fusion déjà défaite', 'Cette fusion est déjà défaite.'),
  'correspondent/objected': refusal(
    409,
    'Opposition de la personne',
    'Cette personne s’est opposée à la conservation de ses données : rien ne peut plus être noté d’elle ici.',
  ),
  'correspondent/blocked': refusal(
    409,
    'Opposition de la personne',
    'Le nom, le courriel ou le téléphone saisi est celui d’une personne qui s’est opposée à la conservation de ses données : ne les notez pas. Si elle a changé d’avis, l’opposition se lève là où elle a été notée.',
  ),
  'correspondent/not-objected': refusal(409, 'Aucune opposition', 'Aucune opposition n’est en vigueur ici.'),
  'correspondent/merge-too-old': refusal(
    409,
    'Fusion définitive',
    'Une fusion se défait pendant trente jours ; celle-ci est plus ancienne.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'correspondent.added': 'a ajouté un interlocuteur',
  'correspondent.corrected': 'a corrigé un interlocuteur',
  'correspondent.confirmed': 'a confirmé un interlocuteur',
  'correspondent.value-chosen': 'a retenu une valeur pour un interlocuteur',
  'correspondent.value-set-aside': 'a écarté une valeur proposée pour un interlocuteur',
  'correspondent.retired': 'a retiré un interlocuteur',
  'correspondent.returned': 'a remis en place un interlocuteur',
  'correspondent.linked': 'a relié un interlocuteur à un autre établissement',
  'correspondent.unlinked': 'a délié un interlocuteur d’un établissement',
  'correspondent.merged': 'a fusionné deux interlocuteurs',
  'correspondent.unmerged': 'a défait la fusion de deux interlocuteurs',
  'correspondent.objected': 'a noté l’opposition d’un interlocuteur',
  'correspondent.objection-lifted': 'a levé l’opposition d’un interlocuteur',
  'correspondent.told-apart': 'a dit que deux interlocuteurs sont deux personnes',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  correspondent: 'Interlocuteur',
}
