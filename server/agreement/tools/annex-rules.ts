import type { Tool } from '../../../contract/route.ts'

/** What publishing an annex does to the tools open at its instant: those it brings, and those it takes away. */
export const changesOf = (open: readonly Tool[], listed: readonly Tool[]): { opened: Tool[]; withdrawn: Tool[] } => ({
  opened: listed.filter(tool => !open.includes(tool)),
  withdrawn: open.filter(tool => !listed.includes(tool)),
})
