import { parentPort, workerData } from 'node:worker_threads'
import { doSchemaWork, type SchemaWork } from './schema-work.ts'

// The program of a thread: one piece of work on schemas, told when it is done. See in-thread.ts.
parentPort?.postMessage(doSchemaWork(workerData as SchemaWork))
