import { targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { formatCount } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { type Choice, carryChoice, choiceWord } from '../sharing/carried-choice.ts'
import { sharingAddress } from '../sharing/sharing-address.ts'
import { useMayShareOut } from './sharing-button.tsx'
import { useTargetFilter } from './targets-filter.ts'

/** What is chosen in the list, and where it goes: it stays in sight while one scrolls (CAM-9). */
export const ChosenTargets = ({
  campaign,
  choice,
  total,
  onChoice,
}: {
  campaign: Campaign
  choice: Choice
  /** All that the filter finds. */
  total: number | undefined
  onChoice: (choice: Choice) => void
}) => {
  const { filter } = useTargetFilter()
  const mayShareOut = useMayShareOut(campaign)
  const go = useGo()
  const { ticking, picked } = choice
  const count = ticking === 'only' ? picked.size : Math.max(0, (total ?? 0) - picked.size)
  const follow = (page: string, address: string, act = '') => {
    carryChoice(campaign.id, choice)
    const chosen = `choix=${choiceWord[ticking]}${act && `&${act}`}`
    go(`/campagnes/${campaign.id}/${page}${address}${address ? '&' : '?'}${chosen}`)
  }
  return (
    <section className="cc-sticky" aria-label="Cibles choisies">
      <strong role="status">
        {count ? formatCount(count, 'cible choisie', 'cibles choisies') : 'Aucune cible choisie'}
      </strong>
      {total !== undefined && count < total && (
        <Button size="small" priority="tertiary" onClick={() => onChoice({ ticking: 'except', picked: new Set() })}>
          {total < 2 ? 'Choisir la cible trouvée' : `Choisir les ${formatCount(total, 'cible')} trouvées`}
        </Button>
      )}
      {count > 0 && (
        <>
          <Button size="small" priority="tertiary" onClick={() => onChoice({ ticking: 'only', picked: new Set() })}>
            Ne rien choisir
          </Button>
          {campaign.allowed.includes('correct') && (
            <Button size="small" onClick={() => follow('en-nombre', sharingAddress(filter, targetStatuses))}>
              Actions groupées
            </Button>
          )}
          {campaign.allowed.includes('work-targets') && (
            <Button
              size="small"
              priority="secondary"
              onClick={() => follow('en-nombre', sharingAddress(filter, targetStatuses), 'acte=rendre')}
            >
              Rendre
            </Button>
          )}
          {mayShareOut && (
            <Button size="small" priority="secondary" onClick={() => follow('repartir', sharingAddress(filter))}>
              Répartir
            </Button>
          )}
        </>
      )}
    </section>
  )
}
