import type { SealedRights } from './sealed-rights.ts'
import { inWords } from './trail-faults.ts'
import type { Verification } from './verify-trail.ts'

const count = (n: number, one: string, many: string) => `${n.toLocaleString('fr-FR')} ${n > 1 ? many : one}`
const shown = 50
const instant = (at: Date) => at.toISOString()
const whose = (shipped: boolean) => (shipped ? 'ceux de cette version' : 'autres que ceux de cette version')
const rightsInWords = ({ changes, last }: SealedRights): string[] => [
  ...changes
    .slice(-shown)
    .map(
      c =>
        `Droits changés entre ${instant(c.after)} et ${instant(c.before)} : à ce second instant, ${whose(c.shipped)}. Rapprochez-le d’une mise en service.`,
    ),
  ...(changes.length > shown
    ? [`… et ${count(changes.length - shown, 'changement plus ancien', 'changements plus anciens')}.`]
    : []),
  last
    ? `Droits au dernier relevé scellé (${instant(last.at)}) : ${whose(last.shipped)}.`
    : 'Droits : aucun point de contrôle n’en porte encore l’empreinte.',
]

/** The report as a person reads it. */
export const reportInWords = ({
  entries,
  sealed,
  checkpoints,
  kept,
  faults,
  erased,
  waiting,
  halfLines,
  exported,
  rights,
}: Verification): string[] => [
  `Trace : ${count(entries, 'entrée vérifiée', 'entrées vérifiées')}, dont ${count(sealed, 'scellée', 'scellées')} ; ${count(checkpoints, 'point de contrôle', 'points de contrôle')}, ${count(kept, 'gardé par le témoin', 'gardés par le témoin')}.`,
  ...(erased
    ? [
        `${count(erased, 'détail n’est plus là', 'détails ne sont plus là')} : chacun est rapproché de ce qui l’a permis (terme de conservation, départ) ; l’entrée reste vérifiable.`,
      ]
    : []),
  ...(exported
    ? [
        `Copie externe : ${count(exported.entries, 'entrée comparée', 'entrées comparées')}, ${count(exported.checkpoints, 'point de contrôle', 'points de contrôle')}${exported.open ? ` ; ${count(exported.open, 'entrée n’y est pas encore close', 'entrées n’y sont pas encore closes')}` : ''}.`,
      ]
    : []),
  ...(entries > sealed
    ? [
        `${count(entries - sealed, 'entrée n’est pas encore scellée', 'entrées ne sont pas encore scellées')}${waiting === null ? '' : ` (la plus ancienne attend depuis ${Math.round(waiting)} s)`} : d’ici là, une suppression ne se verrait pas.`,
      ]
    : []),
  ...(halfLines
    ? [
        `${count(halfLines, 'ligne du témoin est incomplète', 'lignes du témoin sont incomplètes')} : un arrêt brutal a coupé l’écriture ; la suite est intacte.`,
      ]
    : []),
  ...rightsInWords(rights),
  ...(faults.length > 0 ? [`Premier défaut : ${inWords(faults[0]!)}`] : []),
  ...faults.slice(1, shown).map(f => `Puis : ${inWords(f)}`),
  ...(faults.length > shown ? [`… et ${count(faults.length - shown, 'autre défaut', 'autres défauts')}.`] : []),
  faults.length > 0 ? `${count(faults.length, 'défaut trouvé', 'défauts trouvés')}.` : 'Aucune altération trouvée.',
]

export const isSound = ({ faults }: Verification): boolean => faults.length === 0
