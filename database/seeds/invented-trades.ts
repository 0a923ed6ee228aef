/** Each with a word for its names, and how frequent it is. */
export const trades: readonly (readonly [naf: string, word: string, weight: number])[] = [
  ['41.20A', 'Maisons', 5],
  ['43.21A', 'Électricité', 8],
  ['43.22A', 'Plomberie', 7],
  ['43.32A', 'Menuiserie', 8],
  ['43.34Z', 'Peinture', 6],
  ['43.99C', 'Maçonnerie', 9],
  ['01.21Z', 'Château', 10],
  ['11.02B', 'Chai', 4],
  ['10.71C', 'Boulangerie', 8],
  ['10.13B', 'Charcuterie', 3],
  ['16.23Z', 'Charpentes', 3],
  ['25.62B', 'Mécanique', 4],
  ['33.12Z', 'Maintenance', 3],
  ['45.20A', 'Garage', 8],
  ['46.34Z', 'Caves', 3],
  ['47.11F', 'Halles', 2],
  ['47.11B', 'Épicerie', 4],
  ['49.41A', 'Transports', 5],
  ['52.10B', 'Entrepôts', 2],
  ['55.10Z', 'Hôtel', 3],
  ['56.10A', 'Table', 10],
  ['56.10C', 'Comptoir', 5],
  ['62.01Z', 'Logiciels', 4],
  ['69.20Z', 'Cabinet', 3],
  ['71.12B', 'Études', 3],
  ['78.20Z', 'Intérim', 2],
  ['81.21Z', 'Propreté', 5],
  ['81.30Z', 'Jardins', 6],
  ['85.59A', 'Formation', 2],
  ['87.10A', 'Résidence', 3],
  ['88.10A', 'Aide à domicile', 4],
  ['88.91A', 'Crèche', 3],
  ['96.02A', 'Coiffure', 7],
  ['96.04Z', 'Institut', 3],
  ['32.50A', 'Prothèses', 1],
  ['22.29A', 'Plastiques', 2],
]
/** Invented too, after the labels of both nomenclatures: INSEE's own table says what corresponds. */
const naf25Of: Readonly<Record<string, readonly string[]>> = {
  '41.20A': ['41.00G'],
  '43.21A': ['43.21G'],
  '43.22A': ['43.22G'],
  '43.32A': ['43.32G'],
  '43.34Z': ['43.34G'],
  '43.99C': ['43.91Y'],
  '01.21Z': ['01.21Y'],
  '11.02B': ['11.02H'],
  '10.71C': ['10.71H'],
  '10.13B': ['10.13H'],
  '16.23Z': ['16.23Y'],
  '25.62B': ['25.53Y'],
  '33.12Z': ['33.12Y'],
  '45.20A': ['95.31G'],
  '46.34Z': ['46.34Y'],
  '47.11F': ['47.11K'],
  '47.11B': ['47.11G', '47.11H'],
  '49.41A': ['49.41G'],
  '52.10B': ['52.10H'],
  '55.10Z': ['55.10Y'],
  '56.10A': ['56.11G'],
  '56.10C': ['56.11J'],
  '62.01Z': ['62.10Y'],
  '69.20Z': ['69.20Y'],
  '71.12B': ['71.12Y'],
  '78.20Z': ['78.20G'],
  '81.21Z': ['81.21Y'],
  '81.30Z': ['81.30Y'],
  '85.59A': ['85.59G'],
  '87.10A': ['87.10G'],
  '88.10A': ['88.10G'],
  '88.91A': ['88.91G'],
  '96.02A': ['96.21G', '96.21H'],
  '96.04Z': ['96.22Y'],
  '32.50A': ['32.50Y'],
  '22.29A': ['22.26Y', '22.25Y'],
}
type Coding = readonly [naf: string, nomenclature: string, naf25: string]
/**
 * Most lines carry both codes. One in fifteen has that of NAF rév. 2 alone, which several codes may follow for some
 * trades. One hairdresser is recoded already.
 */
export const codingOf = (n: number, naf: string): Coding => {
  const [usual = '', other = usual] = naf25Of[naf] ?? []
  if (n === recoded) return [usual, 'NAF2025', '']
  return [naf, 'NAFRev2', n % 15 === 7 ? '' : n % 4 === 1 ? other : usual]
}
const recoded = 1_239
