import { useState } from 'react'
import { archiveCampaign, closeCampaign, reopenCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant, formatList } from '../../platform/format.ts'
import { Button, Dialog, Facts, Form, Link, Section } from '../../ui/index.ts'
import { DuplicateDialog } from '../campaigns/duplicate-dialog.tsx'
import { keepCampaign } from '../campaigns/queries.ts'
import { stepAddress } from '../campaigns/steps.ts'
import { type Campaign, goalsWords, statusWords } from '../campaigns/words.ts'
import { CampaignResults } from '../exchanges/campaign-results.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { RunningActs } from './running-acts.tsx'
import { WhatHappened } from './what-happened.tsx'

export type LifeAct = 'close' | 'reopen' | 'archive'
type Sent = { params: { campaignId: string }; idempotencyKey: string; timeoutMs: number }
const acts: Record<LifeAct, { run: (sent: Sent) => Promise<Campaign>; verb: string; does: string; said: string }> = {
  close: {
    run: sent => call(closeCampaign, sent),
    verb: 'Clore la campagne',
    does: 'Ses cibles sont libérées : d’autres campagnes peuvent les retenir. Les échanges restent dans l’historique. Vous pourrez la rouvrir.',
    said: 'La campagne est close.',
  },
  reopen: {
    run: sent => call(reopenCampaign, sent),
    verb: 'Rouvrir la campagne',
    does: 'Ses cibles lui sont de nouveau réservées. Celles qu’une autre campagne a retenues entre-temps demanderont d’abord une décision.',
    said: 'La campagne est rouverte.',
  },
  archive: {
    run: sent => call(archiveCampaign, sent),
    verb: 'Archiver la campagne',
    does: 'Elle reste lisible et comptée dans les indicateurs, mais ne peut plus être rouverte.',
    said: 'La campagne est archivée.',
  },
}
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
              campaign.leads.length ? formatList(campaign.leads.map(({ name }) => name)) : 'personne n’est désigné',
            ],
            ['Délai entre deux sollicitations', formatCount(campaign.contactDelayDays, 'jour')],
            ['Objectifs', goalsWords(campaign.goals)],
            ['Créée', `le ${formatDay(dayOf(campaign.createdAt))} par ${campaign.createdBy.name}`],
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
            <p className="fr-mb-1w">{acts[act].does}</p>
            <Button priority="secondary" onClick={() => setAsking(act)}>
              {acts[act].verb}
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
            Seuls les pilotes de {campaign.pilot.name}, habilités sur tout le territoire de la campagne, peuvent changer
            son état et ses réglages. Adressez-vous à eux.
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

export const ConfirmAct = ({ act, campaign, onClose }: { act: LifeAct; campaign: Campaign; onClose: () => void }) => {
  const { run, verb, does, said } = acts[act]
  return (
    <Dialog title={`${verb} ?`} onClose={onClose}>
      <p>
        <strong>{campaign.name}</strong>
      </p>
      <p>{does}</p>
      <Form
        submit={verb}
        busyWords="En cours…"
        done={said}
        onCancel={onClose}
        explain={problem =>
          problem.code === 'campaign/undecided-conflicts' ? (
            <>
              <p>{problem.detail}</p>
              <p>
                <Link href={`${stepAddress(campaign.id, 'conflits')}?vue=liste&restants=1`}>
                  Décider de ces établissements
                </Link>
              </p>
            </>
          ) : undefined
        }
        onSubmit={async (_values, { idempotencyKey }) => {
          await keepCampaign(await run({ params: { campaignId: campaign.id }, idempotencyKey, timeoutMs: 120_000 }))
          onClose()
        }}
      >
        {null}
      </Form>
    </Dialog>
  )
}
