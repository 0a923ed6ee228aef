import { useState } from 'react'
import { Button } from '../../ui/index.ts'
import { stepAddress } from '../campaigns/steps.ts'
import type { Campaign } from '../campaigns/words.ts'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { MembersDialog } from './members-dialog.tsx'
import { PeriodDialog } from './period-dialog.tsx'
import { RecallsDialog } from './recalls-dialog.tsx'
import './campaign-page.css'

const acts = [
  {
    act: 'change-period',
    verb: 'Prolonger ou raccourcir',
    does: 'Le dernier jour change, et la réservation de ses établissements avec lui.',
    Asked: PeriodDialog,
  },
  {
    act: 'change-members',
    verb: 'Changer les structures membres',
    does: 'Une structure de plus voit la campagne et y travaille ; celle qui la quitte rend ce qu’elle tenait.',
    Asked: MembersDialog,
  },
  {
    act: 'recalls',
    verb: 'Fixer les délais de relance',
    does: 'Qui tient une cible sans nouvelles est relancé, puis ses responsables, puis le pilote.',
    Asked: RecallsDialog,
  },
  {
    act: 'hand-over',
    verb: 'Confier le pilotage',
    does: 'Une autre structure membre pilote la campagne à la place de la vôtre, qui en reste membre.',
    Asked: HandOverDialog,
  },
] as const

/** What changes in a campaign while it runs; only what the service allows. */
export const RunningActs = ({ campaign }: { campaign: Campaign }) => {
  const [asking, setAsking] = useState<(typeof acts)[number]['act'] | null>(null)
  return (
    <>
      {acts
        .filter(({ act }) => campaign.allowed.includes(act === 'recalls' ? 'correct' : act))
        .map(({ act, verb, does, Asked }) => (
          <div key={act} className="cc-life">
            <p className="fr-mb-1w">{does}</p>
            <Button priority="secondary" onClick={() => setAsking(act)}>
              {verb}
            </Button>
            {asking === act && <Asked campaign={campaign} onClose={() => setAsking(null)} />}
          </div>
        ))}
      {campaign.status === 'open' && campaign.allowed.includes('add-targets') && (
        <div className="cc-life">
          <p className="fr-mb-1w">D’autres établissements rejoignent ses cibles, et lui sont réservés aussitôt.</p>
          <Button priority="secondary" href={stepAddress(campaign.id, 'etablissements')}>
            Ajouter des établissements
          </Button>
        </div>
      )}
    </>
  )
}
