import { formatCount, formatDay } from '../../platform/format.ts'
import { type Line, roleWords } from './words.ts'

export const lackWords = {
  contacts: 'Interlocuteurs manquants',
  rgc: 'Sans RGC',
  territories: 'Sans territoire',
  duties: 'Obligations en retard',
} as const

export const awaitWords = {
  convention: 'À signer par ma partie',
  amendment: 'Avenant à signer par ma partie',
  receipt: 'Réception d’un courrier à dire',
} as const

export const Lacks = ({ line }: { line: Line }) => {
  if (!['in-force', 'notice-given', 'breach-notified'].includes(line.state)) return <>–</>
  const words = [
    line.withoutTerritories && 'territoires',
    line.withoutRgc && 'RGC',
    line.rgcUncertified && 'attestation du RGC',
    ...line.missingContacts.map(role => roleWords[role].charAt(0).toLowerCase() + roleWords[role].slice(1)),
    line.awarenessDue > 0 && formatCount(line.awarenessDue, 'sensibilisation en retard', 'sensibilisations en retard'),
    line.reviewLateSince && `revue des accès en retard depuis le ${formatDay(line.reviewLateSince)}`,
    line.assessmentLateSince && `évaluation de la sécurité en retard depuis le ${formatDay(line.assessmentLateSince)}`,
  ].filter(Boolean) as string[]
  return words.length ? (
    <span className="fr-text--sm">
      {words.length > 3 ? `${words.slice(0, 2).join(', ')} et ${words.length - 2} autres` : words.join(', ')}
    </span>
  ) : (
    <>rien</>
  )
}
