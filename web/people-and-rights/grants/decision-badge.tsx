import { Badge } from '../../ui/index.ts'
import type { GrantRequest } from './words.ts'

export const decisionWords = { accepted: 'acceptée', refused: 'refusée', withdrawn: 'retirée' } as const
const tones = { accepted: 'success', refused: 'error', withdrawn: 'neutral' } as const
export const DecisionBadge = ({ decision }: Pick<GrantRequest, 'decision'>) =>
  decision ? <Badge tone={tones[decision]}>{decisionWords[decision]}</Badge> : <Badge tone="info">en attente</Badge>
