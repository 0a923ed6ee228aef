import { useSyncExternalStore } from 'react'

/** A value outside React that pages can watch: the network, the lock, the shortcuts. */
export const signal = <T>(initial: T) => {
  let value = initial
  const watchers = new Set<() => void>()
  const watch = (watcher: () => void) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }
  return {
    get: () => value,
    set: (next: T) => {
      if (Object.is(next, value)) return
      value = next
      for (const watcher of watchers) watcher()
    },
    use: () => useSyncExternalStore(watch, () => value),
  }
}
