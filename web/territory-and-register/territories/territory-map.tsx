import { useQuery } from '@tanstack/react-query'
import { listContours } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { type Contour, PlaceMap, type PlaceMapProps } from '../../ui/index.ts'

type Divided = 'departement' | 'epci' | 'commune'
const none: readonly Contour[] = []

/** Null while they are read; none without a territory, or when nothing was imported. */
const useContours = (territoryId: number | undefined, of: Divided | undefined): readonly Contour[] | null => {
  const { data, isPending } = useQuery({
    queryKey: ['contours', territoryId, of],
    enabled: territoryId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) =>
      call(listContours, { params: { territoryId: territoryId! }, query: { ...(of ? { of } : {}) }, signal }),
  })
  return territoryId !== undefined && isPending ? null : (data?.items ?? none)
}

/** The map of the kit, over the contours of a territory's departments, EPCIs or communes. */
export const TerritoryMap = ({
  within,
  of,
  ...map
}: Omit<PlaceMapProps, 'contours'> & { within?: number | undefined; of?: Divided }) => (
  <PlaceMap {...map} contours={useContours(within, of)} />
)
