/** The phone's own memory: what waits to be sent, and the last answer to every query. */
type Shelf = "outbox" | "snapshots";

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("catchball", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
    request.result.createObjectStore("snapshots");
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function on<T>(shelf: Shelf, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  opened ??= open();
  const database = await opened;
  return settled(act(database.transaction(shelf, "readwrite").objectStore(shelf)));
}

export const all = <T>(shelf: Shelf) => on<T[]>(shelf, (store) => store.getAll());
export const read = <T>(shelf: Shelf, key: IDBValidKey) => on<T | undefined>(shelf, (store) => store.get(key));
export const write = (shelf: Shelf, value: unknown, key?: IDBValidKey) => on(shelf, (store) => store.put(value, key));
export const remove = (shelf: Shelf, key: IDBValidKey) => on(shelf, (store) => store.delete(key));
export const clear = (shelf: Shelf) => on(shelf, (store) => store.clear());
