import type { ReactNode } from 'react'
import type { DataCategory } from '../../../contract/route.ts'
import { opensData, useMe } from '../../platform/session.ts'
import { Empty, Page, Section } from '../../ui/index.ts'
import { closedTitle, closedWords } from './closed-words.ts'

/** A block of a category of data; in its place, while annex 4 closes it, a sentence that says so (AGR-12). */
export const IfOpen = ({
  category,
  title,
  id,
  children,
}: {
  category: DataCategory
  title: string
  id: string
  children: ReactNode
}) =>
  opensData(useMe(), category) ? (
    children
  ) : (
    <Section title={title} id={id}>
      <Empty title={closedTitle}>{closedWords}</Empty>
    </Section>
  )
/** The same of a whole page. */
export const PageIfOpen = ({
  category,
  title,
  children,
}: {
  category: DataCategory
  title: string
  children: ReactNode
}) =>
  opensData(useMe(), category) ? (
    children
  ) : (
    <Page title={title}>
      <Empty title={closedTitle}>{closedWords}</Empty>
    </Page>
  )
