import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { toStructure } from '../../../contract/names-in-french.ts'
import { listCampaignEvents } from '../../../contract/work-with-employers/campaigns.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay, formatInstant } from '../../platform/format.ts'
import { Loaded, Section } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import './campaign-page.css'

type Event = Static<(typeof listCampaignEvents)['reply']>['items'][number]

const said: Record<Event['kind'], (event: Event) => string> = {
  opened: () => 'ouverte',
  closed: ({ by }) => (by ? 'close' : 'close d’elle-même, sa période étant terminée'),
  reopened: ({ endedOn, endsOn }) =>
    endsOn ? `rouverte jusqu’au ${formatDay(endsOn)} (au lieu du ${formatDay(endedOn!)})` : 'rouverte',
  archived: () => 'archivée',
  period: ({ endedOn, endsOn }) =>
    `${endsOn! < endedOn! ? 'raccourcie' : 'prolongée'} jusqu’au ${formatDay(endsOn!)} (au lieu du ${formatDay(endedOn!)})`,
  corrected: () => 'description, objectifs ou responsables corrigés',
  'member-added': ({ organisation }) => `une structure membre de plus, ${organisation?.name}`,
  'member-left': ({ organisation, targets }) =>
    `${organisation?.name} n’est plus membre${targets ? ` ; ${formatCount(targets, 'cible')} à reprendre` : ''}`,
  'targets-added': ({ targets }) => formatCount(targets!, 'établissement ajouté', 'établissements ajoutés'),
  'handed-over': ({ organisation }) => `pilotage confié ${toStructure(organisation?.name ?? '')}`,
  'target-put-back': () => 'un établissement remis parmi les cibles',
  'register-closed': ({ targets }) =>
    `${formatCount(targets!, 'établissement fermé', 'établissements fermés')} selon le répertoire, hors des cibles`,
  'register-moved': ({ targets }) =>
    `${formatCount(targets!, 'cible qui continue', 'cibles qui continuent')} sous un autre SIRET selon le répertoire`,
  'register-objects': ({ targets }) =>
    `${formatCount(targets!, 'personne qui s’oppose', 'personnes qui s’opposent')} à la diffusion selon le répertoire, hors des cibles`,
  'register-restored': ({ targets }) =>
    `${formatCount(targets!, 'cible rétablie', 'cibles rétablies')}, le répertoire s’étant corrigé`,
}

/** What happened to the campaign since it opened, for all its members. */
export const WhatHappened = ({ campaignId, version }: { campaignId: string; version: number }) => {
  const query = useQuery({
    queryKey: withinKey(campaignId, 'events', version),
    queryFn: ({ signal }) => call(listCampaignEvents, { params: { campaignId }, signal }),
  })
  return (
    <Section title="Ce qui s’est passé">
      <Loaded
        query={query}
        empty={({ items }) => items.length === 0 && <p className="fr-mb-0">Rien n’a changé depuis son ouverture.</p>}
      >
        {({ items }) => (
          <ul className="cc-events">
            {items.map(event => (
              <li key={event.id}>
                <strong>{formatInstant(event.at)}</strong> : {said[event.kind](event)}
                {event.by && (
                  <span className="fr-hint-text">
                    par <PersonLink person={event.by} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
