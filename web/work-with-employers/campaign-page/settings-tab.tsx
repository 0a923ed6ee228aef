import { useState } from 'react'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { dayOf, formatCount, formatDay, formatInstant } from '../../platform/format.ts'
import { Button, Facts, Link, Section } from '../../ui/index.ts'
import { DuplicateDialog } from '../campaigns/duplicate-dialog.tsx'
import { stepAddress } from '../campaigns/steps.ts'
import { type Campaign, goalsWords, scopeWords, statusWords } from '../campaigns/words.ts'
import { CampaignResults } from '../exchanges/campaign-results.tsx'
import { ConfirmAct, type LifeAct, lifeActs } from './confirm-act.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { RunningActs } from './running-acts.tsx'
import { WhatHappened } from './what-happened.tsx'
import './campaign-page.css'

const order = ['close', 'reopen', 'archive'] as const

export const SettingsTab = ({ campaign }: { campaign: Campaign }) => {
  const [asking, setAsking] = useState<LifeAct | null>(null)
  const [duplicating, setDuplicating] = useState(false)
  const [correcting, setCorrecting] = useState(false)
  const possible = order.filter(act => campaign.allowed.includes(act))
  return (
    <>
      <Section
        title="Réglages"
        {...(campaign.allowed.includes('edit')
          ? { actions: <Link href={stepAddress(campaign.id, 'objet')}>Modifier</Link> }
          : campaign.allowed.includes('correct')
            ? {
                actions: (
                  <Button priority="secondary" size="small" onClick={() => setCorrecting(true)}>
                    Corriger
                  </Button>
                ),
              }
            : {})}
      >
        <Facts
          items={[
            [
              'Responsables',
              campaign.leads.length
                ? campaign.leads.map((lead, at) => (
                    <span key={lead.id}>
                      {at > 0 && ', '}
                      <PersonLink person={lead} />
                    </span>
                  ))
                : 'personne n’est désigné',
            ],
            ['Délai entre deux sollicitations', formatCount(campaign.contactDelayDays, 'jour')],
            ['Déjà suivi : ce qui compte', scopeWords[campaign.conflictScope]],
            ['Objectifs', goalsWords(campaign.goals)],
            [
              'Créée',
              <span key="created">
                le {formatDay(dayOf(campaign.createdAt))} par <PersonLink person={campaign.createdBy} />
              </span>,
            ],
            campaign.openedAt !== null && ['Ouverte', `le ${formatInstant(campaign.openedAt)}`],
            campaign.closedAt !== null && ['Close', `le ${formatInstant(campaign.closedAt)}`],
          ]}
        />
      </Section>
      <CampaignResults campaignId={campaign.id} />
      <Section title="Vie de la campagne">
        <p>
          Elle est <strong>{statusWords[campaign.status].word}</strong>.{' '}
          {campaign.status === 'draft' && 'Seule votre structure la voit ; elle s’ouvre à la fin de sa préparation.'}
        </p>
        <RunningActs campaign={campaign} />
        {possible.map(act => (
          <div key={act} className="cc-life">
            <p className="fr-mb-1w">{lifeActs[act].does}</p>
            <Button priority="secondary" onClick={() => setAsking(act)}>
              {lifeActs[act].verb}
            </Button>
          </div>
        ))}
        {campaign.allowed.includes('duplicate') && (
          <div className="cc-life">
            <p className="fr-mb-1w">
              Un brouillon semblable, à d’autres dates : objet, territoire, structures, responsables, objectifs, et ses
              établissements si vous le voulez.
            </p>
            <Button priority="secondary" onClick={() => setDuplicating(true)}>
              Dupliquer la campagne
            </Button>
          </div>
        )}
        {possible.length === 0 && campaign.status !== 'archived' && !campaign.allowed.includes('edit') && (
          <p className="fr-text--sm fr-mb-0">
            Seuls les pilotes {ofStructure(campaign.pilot.name)}, habilités sur tout le territoire de la campagne,
            peuvent changer son état et ses réglages. Adressez-vous à eux.
          </p>
        )}
        {campaign.status === 'archived' && <p className="fr-text--sm fr-mb-0">Une campagne archivée ne change plus.</p>}
      </Section>
      {campaign.status !== 'draft' && <WhatHappened campaignId={campaign.id} version={campaign.version} />}
      {correcting && <CorrectDialog campaign={campaign} onClose={() => setCorrecting(false)} />}
      {asking && <ConfirmAct act={asking} campaign={campaign} onClose={() => setAsking(null)} />}
      {duplicating && <DuplicateDialog campaign={campaign} onClose={() => setDuplicating(false)} />}
    </>
  )
}
