import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { searchEstablishments } from '../../contract/territory-and-register/establishments.ts'
import { isNumber } from '../../contract/territory-and-register/sought.ts'
import { listCampaigns } from '../../contract/work-with-employers/campaigns.ts'
import { findBesideRegister } from '../../contract/work-with-employers/finding.ts'
import { call } from '../platform/api.ts'
import { useRested } from '../platform/rested.ts'
import { holds, type Me } from '../platform/session.ts'
import { useKnownContacts } from '../work-with-employers/finding/known-contacts.ts'
import type { Entry } from './pages.ts'
import { groupsOf } from './search-goals.ts'

const most = { open: 8, closed: 3 }
const patient = { staleTime: 60_000, retry: false } as const

/** As the page of the search asks it; its address has no part in the first visit. */
const askedOf = (q: string) => ({ q, ...(isNumber(q) ? {} : { active: true }) })

/** Establishments of these words: the open ones; the closed ones only when there is none. */
const useEstablishments = (me: Me, words: string) => {
  const asked = words.length > 1 && holds(me, 'fiche-etablissement') ? askedOf(words.trim()) : undefined
  // Each question has its own key: a late answer belongs to an old question, and is dropped with it.
  const open = useQuery({
    queryKey: ['establishments', 'palette', asked],
    // What partners alone call so, and few: first.
    queryFn: async ({ signal }) => {
      const { noted = [], ...found } = await call(searchEstablishments, {
        query: { ...asked, limit: most.open },
        signal,
      })
      return { ...found, items: [...noted.slice(0, 3), ...found.items] }
    },
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    ...patient,
  })
  const none = open.data?.items.length === 0 && !open.isPlaceholderData && asked?.active === true
  const closed = useQuery({
    queryKey: ['establishments', 'palette', asked, 'closed'],
    queryFn: ({ signal }) =>
      call(searchEstablishments, { query: { ...asked, active: false, limit: most.closed }, signal }),
    enabled: none,
    ...patient,
  })
  return { open, closed: none ? closed.data?.items : undefined, looking: none && closed.isFetching }
}

/** People and campaigns of these words, asked once the typing rests: a reading of persons is in the trail. */
const useBeside = (wanted: string) => {
  const words = useRested(wanted, 350)
  const found = useQuery({
    queryKey: ['found', words],
    queryFn: ({ signal }) => call(findBesideRegister, { body: { q: words }, signal }),
    enabled: words.length > 1,
    ...patient,
  })
  return { found: words === wanted ? found.data : undefined, looking: words !== wanted || found.isFetching }
}

/** What the service answers to these words; the campaigns are few, and read once. */
export const useAnswers = (me: Me, wanted: string, pages: readonly Entry[], sought: readonly Entry[] | undefined) => {
  const words = useRested(wanted, 120)
  const { open, closed, looking } = useEstablishments(me, words)
  const campaigns = useQuery({
    queryKey: ['campaigns', 'palette'],
    queryFn: ({ signal }) => call(listCampaigns, { query: { limit: 100 }, signal }),
    enabled: holds(me, 'campagnes'),
    ...patient,
  })
  const beside = useBeside(wanted)
  // What stands below waits for what stands above, lest it be pushed down under the pointer: campaigns, establishments,
  // people.
  const held = campaigns.isLoading || open.isLoading
  const lines = held ? undefined : open.data?.items
  // With no line, Enter and the ways on wait for the people too.
  const waitsForPeople = !lines?.length && wanted.length > 1 && beside.looking
  const late =
    words !== wanted ||
    open.isFetching ||
    campaigns.isLoading ||
    looking ||
    waitsForPeople ||
    (sought === undefined && wanted !== '')
  // Last in the list, they wait for the people too.
  const settled = !late && !(wanted.length > 1 && beside.looking)
  const contacts = useKnownContacts([...(lines ?? []), ...(closed ?? [])].map(({ siret }) => siret))
  const groups = useMemo(
    () =>
      groupsOf(wanted, {
        pages,
        sought: sought ?? [],
        settled,
        campaigns: campaigns.data?.items ?? [],
        lines: lines ?? [],
        closed: held ? [] : (closed ?? []),
        answered: holds(me, 'fiche-etablissement') && !waitsForPeople && (lines !== undefined || open.isError),
        beside: held ? undefined : beside.found,
        failed: open.isError,
        unknownSiret: open.data?.unknownSiret,
        contacts,
      }),
    [
      me,
      wanted,
      pages,
      sought,
      settled,
      campaigns.data,
      open.data,
      open.isError,
      held,
      lines,
      closed,
      contacts,
      beside.found,
      waitsForPeople,
    ],
  )
  return {
    groups,
    late,
    failed: open.isError,
    understood: !late && /^Résultats pour/.test(open.data?.understood ?? '') ? open.data?.understood : undefined,
  }
}
