import { useQuery } from '@tanstack/react-query'
import { listContours } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { type Contour, Section } from '../../ui/index.ts'
import { PlaceMap, type PlaceMapProps } from '../../ui/map.tsx'

type Divided = 'departement' | 'epci' | 'commune'
type Ground = Pick<PlaceMapProps, 'contours' | 'places' | 'credits'>
const none: readonly Contour[] = []
const waiting: Ground = { contours: null }
const plain: Ground = { contours: none }

/** Waited for while it is read; without a territory, or when nothing was imported nor placed, the ground is plain. */
const useGround = (territoryId: number | undefined, of: Divided | undefined): Ground => {
  const { data, isPending } = useQuery({
    queryKey: ['contours', territoryId, of],
    enabled: territoryId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) =>
      call(listContours, { params: { territoryId: territoryId! }, query: { ...(of ? { of } : {}) }, signal }),
  })
  if (territoryId !== undefined && isPending) return waiting
  return data ? { contours: data.items, places: data.places, credits: data.sources } : plain
}

/** The map of the kit, over the contours of a territory's departments, EPCIs or communes, and names where none are. */
export const TerritoryMap = ({
  within,
  of,
  ...map
}: Omit<PlaceMapProps, keyof Ground> & { within?: number | undefined; of?: Divided }) => (
  <PlaceMap {...map} {...useGround(within, of)} />
)

/** What a territory is made of, on its page: no map where neither contours nor names of communes are known. */
export const GroundSection = ({ territoryId, label }: { territoryId: number; label: string }) => {
  const ground = useGround(territoryId, undefined)
  if (ground.contours?.length === 0 && !ground.places?.length) return null
  return (
    <Section title="Sur la carte">
      <PlaceMap label={label} {...ground} height="short" />
    </Section>
  )
}
