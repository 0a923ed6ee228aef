/** What does not hold, and where. */
export interface Fault {
  readonly what: FaultKind
  readonly where: string
}

const faultsInWords = {
  safeguard: 'PROTECTION ABSENTE : un déclencheur est retiré ou désactivé',
  'guard-changed': 'PROTECTION CHANGÉE : ce qui garde la trace ou les droits n’est plus ce qui a été livré',
  'guard-unread': 'PROTECTION ILLISIBLE : le droit de lire les catalogues de PostgreSQL a été retiré',
  'rights-untold': 'DROITS TUS : pendant plus de trois minutes, le scellement n’a pas pu lire les droits',
  'clock-moved':
    'HORLOGE DÉPLACÉE : la base porte une autre horloge que celle de PostgreSQL, que les essais seuls posent',
  entry: 'ALTÉRÉ : l’entrée ou son empreinte a été modifiée',
  detail: 'ALTÉRÉ : le détail a été modifié, ou remis après effacement',
  version: 'ALTÉRÉ : une version d’échange ou de note n’est plus celle que la trace a enregistrée',
  frozen: 'ALTÉRÉ : des chiffres arrêtés ne sont plus ceux dont la trace porte l’empreinte',
  'detail-removed': 'DÉTAIL SUPPRIMÉ : ni le terme de sa conservation ni le départ de son compte ne l’expliquent',
  'entry-removed': 'SUPPRIMÉ : une entrée scellée n’existe plus',
  gap: 'POSITION MANQUANTE : la suite des positions est rompue',
  root: 'ARBRE FAUX : les empreintes ne donnent plus la racine qui a été signée (empreinte réécrite, ajoutée ou échangée)',
  signature: 'SIGNATURE FAUSSE : le point de contrôle n’est pas signé par une clé connue',
  checkpoint: 'POINT DE CONTRÔLE FAUX : il ne dit pas la taille sous laquelle il est rangé',
  'checkpoint-removed': 'POINT DE CONTRÔLE SUPPRIMÉ : le suivant en nomme un autre que celui qui le précède',
  'leaves-cut': 'FIN COUPÉE : un point de contrôle signe plus d’entrées qu’il n’en reste',
  'not-signed': 'NON SIGNÉ : des positions suivent le dernier point de contrôle',
  node: 'NŒUD FAUX : une racine intermédiaire gardée n’est pas celle de ses empreintes',
  head: 'TÊTE FAUSSE : l’état du scellement n’est pas celui de l’arbre, ou passerait des entrées à venir',
  'slipped-in': 'GLISSÉ APRÈS COUP : une entrée non scellée se trouve derrière ce qui l’est déjà',
  backdated:
    'ANTIDATÉ : l’entrée a été scellée longtemps après la date qu’elle porte, alors que tout ce qui la précède l’était déjà',
  postdated:
    'POSTDATÉ : l’entrée porte une date postérieure au point de contrôle qui la scelle, ou à cette vérification',
  'witness-signature': 'TÉMOIN : une ligne du fichier témoin n’est pas signée par une clé connue',
  'witness-rubbish': 'TÉMOIN : une ligne du fichier témoin n’est ni un point de contrôle ni le début d’un',
  'witness-removed': 'TÉMOIN : une ligne du fichier témoin a été retirée, déplacée ou doublée',
  'witness-cut': 'FIN COUPÉE : le témoin a gardé un point de contrôle au-delà de la fin de la trace',
  'witness-differs': 'RÉÉCRIT : la trace n’est plus celle que le témoin a gardée',
  'witness-late': 'TÉMOIN EN RETARD : des points de contrôle de plus de dix minutes n’y sont pas',
  'export-line': 'COPIE EXTERNE : une ligne est altérée, manque ou n’est pas à sa place',
  'export-signature': 'COPIE EXTERNE : un point de contrôle n’est pas signé, ou n’est pas celui de ces entrées',
  'export-differs': 'RÉÉCRIT : l’entrée de la base n’est plus celle de la copie externe',
  'export-cut': 'FIN COUPÉE : la copie externe a des entrées au-delà de la fin de la trace',
} as const

export type FaultKind = keyof typeof faultsInWords

export type Say = (what: FaultKind, where: string) => void

export const inWords = ({ what, where }: Fault) => `${faultsInWords[what]} (${where}).`
