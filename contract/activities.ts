/** Sections and divisions of NAF rév. 2 in short words of our own: what a person chooses among, and what a card says. NAF 2025 keeps the divisions but for a few. */
const table: Record<string, [label: string, divisions: Record<string, string>]> = {
  A: ['Agriculture, sylviculture et pêche', { '01': 'Culture, élevage et chasse', '02': 'Sylviculture et exploitation forestière', '03': 'Pêche et aquaculture' }],
  B: ['Industries extractives', { '05': 'Extraction de houille et de lignite', '06': 'Extraction d’hydrocarbures', '07': 'Extraction de minerais métalliques', '08': 'Carrières et autres industries extractives', '09': 'Services de soutien aux industries extractives' }],
  C: ['Industrie manufacturière', {
    10: 'Industries alimentaires', 11: 'Fabrication de boissons', 12: 'Fabrication de produits à base de tabac', 13: 'Fabrication de textiles', 14: 'Industrie de l’habillement', 15: 'Industrie du cuir et de la chaussure',
    16: 'Travail du bois', 17: 'Industrie du papier et du carton', 18: 'Imprimerie et reproduction', 19: 'Cokéfaction et raffinage', 20: 'Industrie chimique', 21: 'Industrie pharmaceutique', 22: 'Caoutchouc et plastique',
    23: 'Verre, céramique, béton et autres minéraux', 24: 'Métallurgie', 25: 'Fabrication de produits métalliques', 26: 'Produits informatiques, électroniques et optiques', 27: 'Équipements électriques', 28: 'Machines et équipements',
    29: 'Industrie automobile', 30: 'Autres matériels de transport', 31: 'Fabrication de meubles', 32: 'Autres industries manufacturières', 33: 'Réparation et installation de machines' }],
  D: ['Électricité, gaz, vapeur et air conditionné', { 35: 'Électricité, gaz, vapeur et air conditionné' }],
  E: ['Eau, assainissement et déchets', { 36: 'Captage, traitement et distribution d’eau', 37: 'Collecte et traitement des eaux usées', 38: 'Collecte, traitement et récupération des déchets', 39: 'Dépollution' }],
  F: ['Construction', { 41: 'Construction de bâtiments', 42: 'Génie civil', 43: 'Travaux de construction spécialisés' }],
  G: ['Commerce et réparation automobile', { 45: 'Commerce et réparation d’automobiles', 46: 'Commerce de gros', 47: 'Commerce de détail' }],
  H: ['Transports et entreposage', { 49: 'Transports terrestres', 50: 'Transports par eau', 51: 'Transports aériens', 52: 'Entreposage et services auxiliaires des transports', 53: 'Poste et courrier' }],
  I: ['Hébergement et restauration', { 55: 'Hébergement', 56: 'Restauration' }],
  J: ['Information et communication', { 58: 'Édition', 59: 'Cinéma, vidéo, télévision et musique', 60: 'Programmation et diffusion', 61: 'Télécommunications', 62: 'Programmation et conseil informatiques', 63: 'Services d’information' }],
  K: ['Finance et assurance', { 64: 'Services financiers', 65: 'Assurance', 66: 'Auxiliaires de la finance et de l’assurance' }],
  L: ['Immobilier', { 68: 'Activités immobilières' }],
  M: ['Activités spécialisées, scientifiques et techniques', { 69: 'Activités juridiques et comptables', 70: 'Sièges sociaux et conseil de gestion', 71: 'Architecture, ingénierie et contrôle', 72: 'Recherche et développement', 73: 'Publicité et études de marché', 74: 'Autres activités spécialisées', 75: 'Activités vétérinaires' }],
  N: ['Services administratifs et de soutien', { 77: 'Location', 78: 'Activités liées à l’emploi', 79: 'Agences de voyage', 80: 'Enquêtes et sécurité', 81: 'Nettoyage, bâtiments et espaces verts', 82: 'Services administratifs aux entreprises' }],
  O: ['Administration publique', { 84: 'Administration publique et sécurité sociale' }],
  P: ['Enseignement', { 85: 'Enseignement' }],
  Q: ['Santé humaine et action sociale', { 86: 'Santé', 87: 'Hébergement médico-social et social', 88: 'Action sociale sans hébergement' }],
  R: ['Arts, spectacles et loisirs', { 90: 'Arts et spectacles', 91: 'Bibliothèques, musées et culture', 92: 'Jeux de hasard', 93: 'Sports et loisirs' }],
  S: ['Autres activités de services', { 94: 'Organisations associatives', 95: 'Réparation d’ordinateurs et d’objets', 96: 'Autres services personnels' }],
  T: ['Ménages employeurs', { 97: 'Ménages employeurs de personnel domestique', 98: 'Production des ménages pour eux-mêmes' }],
  U: ['Activités extraterritoriales', { 99: 'Organisations extraterritoriales' }],
}

export interface Division { readonly code: string; readonly label: string }
export interface Section extends Division { readonly divisions: readonly Division[] }
const byCode = (one: Division, other: Division) => one.code.localeCompare(other.code)

export const sections: readonly Section[] = Object.entries(table).map(([code, [label, divisions]]) => ({
  code, label, divisions: Object.entries(divisions).map(([number, words]) => ({ code: number.padStart(2, '0'), label: words })).sort(byCode),
}))
