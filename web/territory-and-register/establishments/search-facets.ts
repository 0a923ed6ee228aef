import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { countFacets } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import type { Asked, FilterName } from './search-address.ts'

/**
 * Typed text goes to the address after a pause. Any other change of the address (header, Back) comes back to the box.
 */
export const useWords = (q: string, write: (q: string) => void) => {
  const [words, setWords] = useState(q)
  const written = useRef(q)
  useEffect(() => {
    if (q !== written.current) {
      written.current = q
      setWords(q)
    }
  }, [q])
  const send = () => {
    if (words.trim() === written.current) return
    written.current = words.trim()
    write(written.current)
  }
  const latest = useRef(send)
  latest.current = send
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke starts the pause again
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), 150)
    return () => clearTimeout(timer)
  }, [words])
  return [words, setWords, send] as const
}

export const filterWords: Record<FilterName, string> = {
  territoire: 'territoire',
  activite: 'activité',
  taille: 'effectif',
  nature: 'nature juridique',
  entreprise: 'taille de l’entreprise',
  engagement: 'engagement',
  besoin: 'besoin',
  embauches: 'embauches',
  attendues: 'embauches attendues',
  services: 'services utilisés',
  contact: 'dernier contact',
  campagne: 'campagne',
  employeur: 'employeur',
  etat: 'état',
}
export const toBox = () => document.querySelector<HTMLElement>('.cc-search input')?.focus()

/** Asked after the results, which never wait for it; given up as soon as the question changes. */
export const useFacets = (asked: Asked | undefined, answered: boolean) =>
  useQuery({
    queryKey: ['establishments', 'facets', asked],
    queryFn: ({ signal }) => call(countFacets, { query: asked!, signal }),
    enabled: asked !== undefined && answered,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
