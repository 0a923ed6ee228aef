import { queryOptions } from '@tanstack/react-query'
import { readGuide } from './guide-text.ts'
import { type GuideName, guideNames } from './help-address.ts'

// Each guide is a file apart, fetched when it is read: nothing of them weighs on the first load.
const files = import.meta.glob<string>('../../docs/guide/*.md', { query: '?raw', import: 'default' })

export const isGuide = (name: string): name is GuideName => (guideNames as readonly string[]).includes(name)

export const guideQuery = (name: GuideName) =>
  queryOptions({
    queryKey: ['guides', name],
    queryFn: async () => readGuide(await files[`../../docs/guide/${name}.md`]!()),
    staleTime: Number.POSITIVE_INFINITY,
  })
